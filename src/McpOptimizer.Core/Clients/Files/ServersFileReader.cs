using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Clients.Wire;

namespace McpOptimizer.Core.Clients.Files;

/// <summary>
/// Reads the servers out of a client's file: Claude Desktop, Claude Code, Cursor, Windsurf, Cline and Gemini CLI (<c>mcpServers</c>), VS Code (<c>servers</c>, or
/// <c>mcp.servers</c> in its settings), opencode (<c>mcp</c>), Zed (<c>context_servers</c>), Codex (<c>mcp_servers</c> in TOML). Entries are read one by one: a fault costs its entry.
/// </summary>
internal static class ServersFileReader
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly string[][] Places = [["mcpServers"], ["servers"], ["mcp", "servers"], ["mcp", "mcpServers"], ["mcp"], ["context_servers"], ["mcp_servers"]];

    /// <exception cref="SourceFileException">The file cannot be read, or holds no object of servers.</exception>
    public static async Task<ServersFile> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        using JsonDocument document = Parse(await ReadBytesAsync(path, cancellationToken).ConfigureAwait(false), path);
        return Read(document.RootElement, path);
    }

    /// <summary>The entries as they stand there, each name once.</summary>
    /// <exception cref="SourceFileException">The file cannot be read, or holds no object of servers.</exception>
    public static async Task<IReadOnlyList<KeyValuePair<string, JsonElement>>> ReadRawAsync(string path, string? text, CancellationToken cancellationToken)
    {
        using JsonDocument document = Parse(text is null ? await ReadBytesAsync(path, cancellationToken).ConfigureAwait(false) : Encoding.UTF8.GetBytes(text), path);
        (string Place, JsonElement Servers)[] found = document.RootElement.ValueKind == JsonValueKind.Object ? [.. FindServers(document.RootElement)] : [];
        return found.Length == 0
            ? throw NoServers(path, "")
            : [.. found.SelectMany(place => place.Servers.EnumerateObject()).DistinctBy(server => server.Name).Select(server => KeyValuePair.Create(server.Name, server.Value.Clone()))];
    }

    private static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceFileException($"The servers file '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static JsonDocument Parse(byte[] bytes, string path)
    {
        ReadOnlyMemory<byte> text = Utf8(bytes);
        bool toml = Path.GetExtension(path).Equals(".toml", StringComparison.OrdinalIgnoreCase);
        try
        {
            return JsonDocument.Parse(toml ? TomlJson.Convert(Encoding.UTF8.GetString(text.Span), path) : text, Lenient);
        }
        catch (JsonException e)
        {
            throw new SourceFileException(JsonFault.Describe($"The servers file '{path}'", e), e);
        }
    }

    private static ServersFile Read(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw NoServers(path, " at line 1");
        }

        List<ServersFileEntry> entries = [];
        List<string> remarks = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        List<string> places = [];
        foreach ((string place, JsonElement servers) in FindServers(root))
        {
            places.Add(place);
            foreach (JsonProperty server in servers.EnumerateObject())
            {
                if (!names.Add(server.Name))
                {
                    remarks.Add($"The servers file '{path}' names '{VisibleText.Shorten(server.Name)}' more than once; the first is used.");
                    continue;
                }

                entries.Add(ServersFileEntryReader.Read(server.Name, server.Value));
            }
        }

        if (places.Count == 0)
        {
            throw NoServers(path, "");
        }

        if (places.Count > 1)
        {
            remarks.Add($"The servers file '{path}' has several objects of servers ({string.Join(", ", places.Select(place => $"\"{place}\""))}); all of them are read.");
        }

        SwitchedOffTools(root, entries);
        return new ServersFile { Entries = entries, Remarks = remarks };
    }

    // "mcp" is an object of servers in opencode and the parent of one in VS Code's settings.
    private static IEnumerable<(string Place, JsonElement Servers)> FindServers(JsonElement root)
    {
        bool parent = false;
        foreach (string[] place in Places)
        {
            JsonElement at = root;
            bool found = Array.TrueForAll(place, name => at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out at)) && at.ValueKind == JsonValueKind.Object;
            if (found && !(parent && place is ["mcp"]))
            {
                parent |= place is ["mcp", _];
                yield return (string.Join('.', place), at);
            }
        }
    }

    // opencode switches tools off for all servers at once: "tools": { "SERVER_TOOL": false }, with * for any text.
    private static void SwitchedOffTools(JsonElement root, List<ServersFileEntry> entries)
    {
        if (!root.TryGetProperty("mcp", out _) || !root.TryGetProperty("tools", out JsonElement tools) || tools.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        string[] off = [.. tools.EnumerateObject().Where(tool => tool.Value.ValueKind == JsonValueKind.False).Select(tool => tool.Name)];
        foreach (ServersFileEntry entry in entries)
        {
            string prefix = entry.Name + "_";
            entry.WithoutTools =
            [
                .. entry.WithoutTools,
                .. off.Where(pattern => pattern.StartsWith(prefix, StringComparison.Ordinal)).Select(pattern => pattern[prefix.Length..]),
                .. off.Where(pattern => pattern.EndsWith('*') && prefix.StartsWith(pattern[..^1], StringComparison.Ordinal)).Select(_ => "*"),
            ];
        }
    }

    private static SourceFileException NoServers(string path, string place) => new(
        $"The servers file '{path}' has no object of servers{place}. Expected: {{ \"mcpServers\": {{ \"NAME\": {{ \"command\": … }} or {{ \"url\": … }} }} }}, or \"servers\", \"mcp\", \"context_servers\", or [mcp_servers.NAME] in TOML.");

    private static ReadOnlyMemory<byte> Utf8(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => bytes.AsMemory(3),
        [0xFF, 0xFE, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes.AsSpan(2))),
        [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2))),
        _ => bytes,
    };
}
