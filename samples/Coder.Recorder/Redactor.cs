using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Coder.Recorder;

/// <summary>
/// Takes out by structure what must not be kept, and replaces what identifies people and machines by stable fakes, the same one in all fixtures.
/// </summary>
internal sealed partial class Redactor(RecorderSettings settings)
{
    /// <summary>Members that are dropped with everything below them.</summary>
    private static readonly HashSet<string> DroppedMembers = new(StringComparer.Ordinal)
    {
        "environment_variables", "scripts", "metadata", "latency", "log_sources", "display_apps", "tags", "key", "email", "readme", "startup_script",
        "troubleshooting_url", "url", "icon", "avatar_url", "owner_avatar_url", "workspace_owner_avatar_url", "dashboard_url", "external_url", "path_app_url",
        "parameters", "Parameters",
    };

    /// <summary>Members whose value is the name of a person.</summary>
    private static readonly HashSet<string> UserMembers = new(StringComparer.Ordinal)
    {
        "owner_name", "username", "workspace_owner_name", "initiator_name", "created_by_name", "owner",
    };

    private readonly Dictionary<string, string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _hosts = new(StringComparer.OrdinalIgnoreCase) { [settings.CoderUrl.Authority] = "coder.example.com" };
    private readonly HashSet<string> _dropped = [];

    /// <summary>Values that were dropped: they must not survive anywhere else either.</summary>
    public IReadOnlyCollection<string> Dropped => _dropped;

    public Fixture Redact(RecordedCall call)
    {
        // Names are learned first, because they also occur in paths and in texts.
        Learn(call.Answer);
        JsonObject request = new()
        {
            ["Path"] = new JsonObject { ["Matchers"] = new JsonArray(new JsonObject { ["Name"] = "ExactMatcher", ["Pattern"] = Clean(call.Path) }) },
            ["Methods"] = new JsonArray(call.Method),
        };
        if (call.Query.Count > 0)
        {
            request["Params"] = new JsonArray([.. call.Query.Select(pair => new JsonObject
            {
                ["Name"] = pair.Key,
                ["Matchers"] = new JsonArray(new JsonObject { ["Name"] = "ExactMatcher", ["Pattern"] = Clean(pair.Value) }),
            })]);
        }

        if (call.Body is not null)
        {
            request["Body"] = new JsonObject { ["Matcher"] = new JsonObject { ["Name"] = "JsonPartialMatcher", ["Pattern"] = Copy(call.Body) } };
        }

        JsonObject response = new()
        {
            ["StatusCode"] = call.Status,
            ["Headers"] = new JsonObject([.. call.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)Clean(header.Value)))]),
        };
        if (call.Answer is not null)
        {
            response["BodyAsJson"] = Copy(call.Answer);
        }

        return new Fixture(call.Name, new JsonObject { ["Title"] = call.Name, ["Request"] = request, ["Response"] = response });
    }

    private void Learn(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((string name, JsonNode? value) in members)
                {
                    if (UserMembers.Contains(name) && value is JsonValue text && text.TryGetValue(out string? user) && user.Length > 0)
                    {
                        _users.TryAdd(user, string.Create(CultureInfo.InvariantCulture, $"user-{_users.Count + 1}"));
                    }

                    Learn(value);
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Learn(item);
                }

                break;
            default:
                break;
        }
    }

    private JsonNode? Copy(JsonNode? node, string? name = null)
    {
        switch (node)
        {
            case JsonObject members:
                JsonObject copy = [];
                foreach ((string member, JsonNode? value) in members)
                {
                    if (IsDropped(member, members))
                    {
                        Drop(value);
                    }
                    else
                    {
                        copy[member] = Copy(value, member);
                    }
                }

                return copy;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Copy(item, name))]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return Clean(value.GetValue<string>());
            default:
                return node?.DeepClone();
        }
    }

    // A person's name stands beside the user name; other things have names too, and those are kept.
    private static bool IsDropped(string member, JsonObject owner) => DroppedMembers.Contains(member) || (member == "name" && owner.ContainsKey("username"));

    private void Drop(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((string member, JsonNode? value) in members)
                {
                    // The name of a setting is no secret, and is likely to be told elsewhere.
                    if (member is not ("name" or "Name" or "key"))
                    {
                        Drop(value);
                    }
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Drop(item);
                }

                break;
            case JsonValue value when value.TryGetValue(out string? text) && IsTelling(text):
                _dropped.Add(text);
                break;
            default:
                break;
        }
    }

    // Long texts without spaces are what secrets look like; a sentence or an address that is dropped here may well stay elsewhere.
    private static bool IsTelling(string text) =>
        text.Length >= 12 && !text.Any(char.IsWhiteSpace) && !text.Contains("://", StringComparison.Ordinal) && !text.StartsWith('/');

    private string Clean(string text)
    {
        string result = Uuid().Replace(
            text,
            match =>
                match.Value.Trim('0', '-').Length == 0 ? match.Value : Fake(_ids, match.Value, number => $"00000000-0000-4000-8000-{number:000000000000}"));
        result = Email().Replace(result, "user@example.com");
        result = Host().Replace(result, match => match.Groups[1].Value + Fake(_hosts, match.Groups[2].Value, number => $"host-{number}.example.com"));
        foreach ((string user, string fake) in _users)
        {
            result = Regex.Replace(result, $@"(?<![A-Za-z0-9]){Regex.Escape(user)}(?![A-Za-z0-9])", fake, RegexOptions.IgnoreCase);
        }

        return result;
    }

    private static string Fake(Dictionary<string, string> fakes, string real, Func<int, string> make)
    {
        if (!fakes.TryGetValue(real, out string? fake))
        {
            fake = make(fakes.Count + 1);
            fakes.Add(real, fake);
        }

        return fake;
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.[\w.-]+")]
    private static partial Regex Email();

    [GeneratedRegex(@"(https?://)([^/\s""]+)")]
    private static partial Regex Host();
}
