using System.Text.Json;
using McpOptimizer.Core.Clients.Wire;

namespace McpOptimizer.Core.Clients.Files;

/// <summary>Reads one server of a client's file. What one client calls <c>url</c> another calls <c>serverUrl</c> or <c>httpUrl</c>: all of them are understood everywhere.</summary>
internal static class ServersFileEntryReader
{
    /// <summary>Below this many, nobody means milliseconds: a second is the shortest time-out that somebody would write.</summary>
    private const double ShortestMilliseconds = 1_000;

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(24);

    /// <summary>The entry; <see cref="ServersFileEntry.Fault"/> says what is wrong with one that cannot be used.</summary>
    public static ServersFileEntry Read(string name, JsonElement value)
    {
        ServersFileEntry entry = new() { Name = name };
        try
        {
            foreach (JsonProperty member in LooseJson.Members(value, name))
            {
                Read(entry, member);
            }
        }
        catch (FormatException e)
        {
            entry.Fault = e.Message;
        }

        return entry;
    }

    private static void Read(ServersFileEntry entry, JsonProperty member)
    {
        (string name, JsonElement value) = (member.Name, member.Value);
        switch (name)
        {
            case "type" or "transport" or "transportType":
                entry.Type ??= LooseJson.Text(value, name);
                break;
            case "command":
                ReadCommand(entry, value);
                break;
            case "args":
                entry.Arguments = [.. entry.Arguments, .. LooseJson.Texts(value, name)];
                break;
            case "env" or "environment":
                entry.Environment = LooseJson.Map(value, name);
                break;
            case "envFile":
                entry.EnvironmentFile = LooseJson.Text(value, name);
                break;
            case "cwd":
                entry.WorkingDirectory = LooseJson.Text(value, name);
                break;
            case "url" or "serverUrl" or "httpUrl":
                ReadUrl(entry, name, value);
                break;
            case "headers" or "http_headers":
                entry.Headers = Merge(entry.Headers, LooseJson.Map(value, name));
                break;
            case "env_http_headers":
                entry.Headers = Merge(entry.Headers, LooseJson.Map(value, name).ToDictionary(pair => pair.Key, pair => $"${{env:{pair.Value}}}"));
                break;
            case "bearer_token_env_var" when LooseJson.Text(value, name) is { Length: > 0 } variable:
                entry.Headers = Merge(entry.Headers, new Dictionary<string, string> { ["Authorization"] = $"Bearer ${{env:{variable}}}" });
                break;
            case "disabled":
                entry.Disabled |= LooseJson.Flag(value, name);
                break;
            case "enabled" or "isActive":
                entry.Disabled |= !LooseJson.Flag(value, name);
                break;
            case "timeout":
                double number = LooseJson.Number(value, name);
                entry.Timeout = Limit(number < ShortestMilliseconds ? TimeSpan.FromSeconds(number) : TimeSpan.FromMilliseconds(Math.Min(number, LongestTimeout.TotalMilliseconds)));
                break;
            case "tool_timeout_sec":
                entry.Timeout = Limit(TimeSpan.FromSeconds(Math.Min(LooseJson.Number(value, name), LongestTimeout.TotalSeconds)));
                break;
            case "description":
                entry.Description = LooseJson.Text(value, name);
                break;
            default:
                ReadRest(entry, name, value);
                break;
        }
    }

    private static void ReadRest(ServersFileEntry entry, string name, JsonElement value)
    {
        switch (name)
        {
            // An object under this name holds a client's approvals, which restrict nothing.
            case "tools" or "enabledTools" or "enabled_tools" or "includeTools" or "allowedTools" when value.ValueKind != JsonValueKind.Object:
                IReadOnlyList<string> only = LooseJson.Texts(value, name);
                entry.OnlyTools = value.ValueKind == JsonValueKind.Null ? entry.OnlyTools : entry.OnlyTools is { } before ? [.. before.Intersect(only)] : only;
                break;
            case "disabledTools" or "disabled_tools" or "excludeTools":
                entry.WithoutTools = [.. entry.WithoutTools, .. LooseJson.Texts(value, name)];
                break;
            case "group":
                entry.Group = LooseJson.Text(value, name);
                break;
            case "forwardCallerCredentials":
                entry.ForwardCallerCredentials = LooseJson.Flag(value, name);
                break;
            case "forwardOptimizerToken":
                entry.ForwardOptimizerToken = LooseJson.Flag(value, name);
                break;
            case "oauth" when value.ValueKind != JsonValueKind.False:
                entry.OAuth = value.ValueKind == JsonValueKind.Null ? null : ReadOAuth(value);
                break;
        }
    }

    // A program and its arguments in one list (opencode), or as an object (older Zed).
    private static void ReadCommand(ServersFileEntry entry, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                if (member.Name == "path")
                {
                    entry.Command = LooseJson.Text(member.Value, "command.path");
                }
                else if (member.Name is "args" or "env")
                {
                    Read(entry, member);
                }
            }

            return;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            IReadOnlyList<string> words = LooseJson.Texts(value, "command");
            entry.Command = words.Count > 0 ? words[0] : null;
            entry.Arguments = [.. words.Skip(1), .. entry.Arguments];
            return;
        }

        entry.Command = LooseJson.Text(value, "command");
    }

    // Gemini CLI says with the name how it is reached.
    private static void ReadUrl(ServersFileEntry entry, string name, JsonElement value)
    {
        if (LooseJson.Text(value, name) is not { Length: > 0 } url)
        {
            return;
        }

        if (entry.Url is not null && entry.Url != url)
        {
            throw new FormatException("The entry has several addresses (\"url\", \"serverUrl\", \"httpUrl\"); give one of them.");
        }

        entry.Url = url;
        entry.Type ??= name == "httpUrl" ? "http" : null;
    }

    private static ServersFileOAuth ReadOAuth(JsonElement value)
    {
        Dictionary<string, JsonElement> members = value.ValueKind == JsonValueKind.True
            ? []
            : LooseJson.Members(value, "oauth").GroupBy(member => member.Name).ToDictionary(group => group.Key, group => group.Last().Value);
        return new ServersFileOAuth
        {
            ClientId = Text("clientId"),
            ClientSecret = Text("clientSecret"),
            ClientMetadataUrl = Text("clientMetadataUrl"),
            Scopes = members.TryGetValue("scopes", out JsonElement scopes) && scopes.ValueKind != JsonValueKind.Null ? LooseJson.Texts(scopes, "oauth.scopes") : null,
            RedirectPort = members.TryGetValue("redirectPort", out JsonElement port) && port.ValueKind != JsonValueKind.Null ? Port(port) : null,
        };

        string? Text(string name) => members.TryGetValue(name, out JsonElement text) ? LooseJson.Text(text, "oauth." + name) : null;
    }

    private static int Port(JsonElement value)
    {
        double port = LooseJson.Number(value, "oauth.redirectPort");
        return port is >= 1 and <= 65535 && port == Math.Floor(port) ? (int)port : throw new FormatException($"\"redirectPort\" is {port}; allowed is 1 to 65535.");
    }

    private static TimeSpan? Limit(TimeSpan timeout) => timeout <= TimeSpan.Zero ? null : timeout > LongestTimeout ? LongestTimeout : timeout;

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> more)
    {
        Dictionary<string, string> merged = new(before);
        foreach ((string name, string value) in more)
        {
            merged[name] = value;
        }

        return merged;
    }
}
