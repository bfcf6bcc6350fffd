using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Coder.Recorder;

/// <summary>
/// Keeps the members that are allowed, and replaces what identifies people and machines by stable fakes, the same one in all fixtures.
/// </summary>
internal sealed partial class Redactor(RecorderSettings settings)
{
    private const string Redacted = "[redacted]";

    /// <summary>Members whose values are secret by their nature: what is dropped with them must not stand anywhere else either.</summary>
    private static readonly HashSet<string> SecretMembers = new(StringComparer.Ordinal)
    {
        "environment_variables", "scripts", "metadata", "key", "url", "external_url", "troubleshooting_url", "startup_script", "command", "parameters", "Parameters",
    };

    /// <summary>Members whose value is the name of a person.</summary>
    private static readonly HashSet<string> UserMembers = new(StringComparer.Ordinal)
    {
        "owner_name", "username", "workspace_owner_name", "initiator_name", "created_by_name", "owner",
    };

    private static readonly HashSet<string> QueryNames = new(StringComparer.Ordinal) { "q", "limit", "offset", "include_deleted", "include_expired", "after", "before" };

    private readonly Dictionary<string, string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _hosts = new(StringComparer.OrdinalIgnoreCase) { [settings.CoderUrl.Authority] = "coder.example.com" };
    private readonly HashSet<string> _dropped = new(StringComparer.Ordinal);
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    /// <summary>Values that were dropped: they must not survive anywhere else.</summary>
    public IReadOnlyCollection<string> Dropped => _dropped;

    public Fixture Redact(RecordedCall call)
    {
        // Names are learned first, because they also occur in paths and in texts.
        Learn(call.Answer);
        _kept.Clear();
        JsonObject request = new()
        {
            ["Path"] = new JsonObject { ["Matchers"] = new JsonArray(new JsonObject { ["Name"] = "ExactMatcher", ["Pattern"] = Clean(call.Path) }) },
            ["Methods"] = new JsonArray(call.Method),
        };
        KeyValuePair<string, string>[] query = [.. call.Query.Where(pair => QueryNames.Contains(pair.Key))];
        if (query.Length > 0)
        {
            request["Params"] = new JsonArray([.. query.Select(pair => new JsonObject
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

        JsonObject mapping = new() { ["Title"] = call.Name, ["Request"] = request, ["Response"] = response };
        return new Fixture(call.Name, mapping) { Originals = [.. _kept] };
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
                bool isPerson = members.ContainsKey("username");
                foreach ((string member, JsonNode? value) in members)
                {
                    if (AllowedMembers.Allow(member, isPerson))
                    {
                        copy[member] = Copy(value, member);
                    }
                    else
                    {
                        Drop(value, SecretMembers.Contains(member));
                    }
                }

                return copy;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Copy(item, name))]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return Text(value.GetValue<string>(), name);
            default:
                return node?.DeepClone();
        }
    }

    // The value of a parameter can be anything that its owner typed in; only the recorder's own is known to be harmless.
    private string Text(string text, string? member)
    {
        if (member != "value" || text.Length == 0 || text == AgentLife.Prompt)
        {
            return Clean(text);
        }

        DropText(text, isSecret: true);
        return Redacted;
    }

    private void Drop(JsonNode? node, bool isSecret)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((string member, JsonNode? value) in members)
                {
                    // The name of a setting is no secret, and is likely to be told elsewhere.
                    Drop(value, member is not ("name" or "Name" or "id" or "ID" or "display_name") && (isSecret || SecretMembers.Contains(member)));
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Drop(item, isSecret);
                }

                break;
            case JsonValue value when value.TryGetValue(out string? text):
                DropText(text, isSecret);
                break;
            default:
                break;
        }
    }

    private void DropText(string text, bool isSecret)
    {
        if (text.Contains("://", StringComparison.Ordinal))
        {
            // Of an address the parts that can be secret; the rest of it may well stay elsewhere.
            foreach (Match part in AddressSecret().Matches(text))
            {
                _dropped.Add(Uri.UnescapeDataString(part.Groups.Values.Skip(1).First(group => group.Success).Value));
            }
        }
        else if ((isSecret && IsTelling(text)) || SecretScan.IsDoubtful(text))
        {
            _dropped.Add(text);
        }
    }

    // Long texts without spaces are what secrets look like. Ids and times stand in many places.
    private static bool IsTelling(string text) =>
        text.Length >= 12
        && !text.Any(char.IsWhiteSpace)
        && !text.StartsWith('/')
        && !Guid.TryParse(text, out _)
        && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _);

    private string Clean(string text)
    {
        _kept.Add(text);
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

    [GeneratedRegex(@"([A-Za-z][A-Za-z0-9+.-]*://)([^/\s""?#]+)")]
    private static partial Regex Host();

    [GeneratedRegex(@"://([^/@\s:]{8,})@|://[^/@\s:]*:([^/@\s]{6,})@|[=#]([^&#\s]{8,})")]
    private static partial Regex AddressSecret();
}
