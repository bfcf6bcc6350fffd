using System.Text.Json.Nodes;

namespace Shared.ToolHive;

/// <summary>A workload of the fake; change it at will.</summary>
public sealed class FakeWorkload
{
    public required string Name { get; init; }

    public string Package { get; set; } = "ghcr.io/example/server:1.0";

    /// <summary>Address of the proxy in the list.</summary>
    public string Url { get; set; } = "http://127.0.0.1:1/mcp";

    public int Port { get; set; }

    public string TransportType { get; set; } = "stdio";

    public string? ProxyMode { get; set; } = "streamable-http";

    public string Status { get; set; } = "running";

    public string? StatusContext { get; set; }

    public string Group { get; set; } = "default";

    public bool Remote { get; set; }

    /// <summary>Address of the remote server, in the details only.</summary>
    public string? RemoteUrl { get; set; }

    public string CreatedAt { get; set; } = "2026-01-02T03:04:05Z";

    public string StartedAt { get; set; } = "2026-01-02T03:04:06Z";

    public IDictionary<string, string> Labels { get; } = new Dictionary<string, string>();

    public IList<string> Tools { get; } = [];

    public IList<string> Logs { get; } = [];

    public IList<string> ProxyLogs { get; } = [];

    /// <summary>The request it was created with; members override the details.</summary>
    public JsonObject Request { get; set; } = [];

    /// <summary>When set, this is its list element, whatever it is.</summary>
    public JsonNode? RawElement { get; set; }

    internal JsonNode ToListElement() => RawElement?.DeepClone() ?? new JsonObject
    {
        ["name"] = Name,
        ["package"] = Remote ? "remote" : Package,
        ["url"] = Url,
        ["port"] = Port,
        ["transport_type"] = TransportType,
        ["proxy_mode"] = ProxyMode,
        ["status"] = Status,
        ["status_context"] = StatusContext,
        ["created_at"] = CreatedAt,
        ["started_at"] = StartedAt,
        ["labels"] = Labels.Count == 0 ? null : new JsonObject(Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
        ["group"] = Group,
        ["tools"] = Tools.Count == 0 ? null : Answers.Array(Tools),
        ["remote"] = Remote ? true : null,
        ["member_of_a_newer_version"] = new JsonObject { ["a"] = 1 },
    };

    internal JsonObject ToDetail()
    {
        JsonObject detail = new()
        {
            ["name"] = Name,
            ["image"] = Remote ? "" : Package,
            ["transport"] = TransportType,
            ["proxy_mode"] = ProxyMode,
            ["proxy_port"] = Port,
            ["env_vars"] = null,
            ["secrets"] = new JsonArray(),
            ["tools"] = null,
            ["group"] = Group,
            ["network_isolation"] = false,
        };
        if (RemoteUrl is not null)
        {
            detail["url"] = RemoteUrl;
        }

        foreach ((string name, JsonNode? value) in Request)
        {
            detail[name] = value?.DeepClone();
        }

        return detail;
    }
}
