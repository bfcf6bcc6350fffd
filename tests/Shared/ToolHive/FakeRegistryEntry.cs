using System.Text.Json.Nodes;

namespace Shared.ToolHive;

/// <summary>A registry entry of the fake: with an image a container, with a url a remote server.</summary>
public sealed class FakeRegistryEntry
{
    public required string Name { get; init; }

    public string? Image { get; set; }

    public string? Url { get; set; }

    public string Title { get; set; } = "";

    public string Description { get; set; } = "A server.";

    public string Transport { get; set; } = "streamable-http";

    public string Status { get; set; } = "active";

    public string Tier { get; set; } = "Community";

    public IList<string> Tools { get; } = [];

    public IList<string> Tags { get; } = [];

    public IList<FakeSetting> EnvVars { get; } = [];

    public IList<FakeSetting> Headers { get; } = [];

    /// <summary>When set, this is the entry, whatever it is.</summary>
    public JsonNode? RawElement { get; set; }

    public bool IsRemote => Url is not null;

    internal JsonNode ToJson()
    {
        if (RawElement is not null)
        {
            return RawElement.DeepClone();
        }

        JsonObject json = new()
        {
            ["name"] = Name,
            ["title"] = Title,
            ["description"] = Description,
            ["tier"] = Tier,
            ["status"] = Status,
            ["transport"] = Transport,
            ["tools"] = Answers.Array(Tools),
            ["tags"] = Answers.Array(Tags),
            ["env_vars"] = EnvVars.Count == 0 ? null : new JsonArray([.. EnvVars.Select(setting => setting.ToJson())]),
            ["metadata"] = new JsonObject { ["last_updated"] = "2026-01-01T00:00:00Z", ["stars"] = 7, ["pulls"] = 9 },
            ["custom_metadata"] = new JsonObject { ["author"] = "someone" },
        };
        if (IsRemote)
        {
            json["url"] = Url;
            json["headers"] = new JsonArray([.. Headers.Select(setting => setting.ToJson())]);
        }
        else
        {
            json["image"] = Image;
            json["args"] = null;
        }

        return json;
    }
}
