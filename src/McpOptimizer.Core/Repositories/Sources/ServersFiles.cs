using System.Text.Json;
using McpOptimizer.Core.Clients.Files;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>Reads the files in which MCP clients keep their servers, for hosts that take servers over from one file into another.</summary>
public static class ServersFiles
{
    /// <summary>
    /// The entries of one file as they stand there, each name once, in the order of the file; TOML as JSON. References such as <c>${input:key}</c> are left as they are.
    /// The elements stay valid for ever.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text, where it was read or edited already; null to read it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SourceFileException">The file cannot be read or holds no object of servers; the message says where.</exception>
    public static Task<IReadOnlyList<KeyValuePair<string, JsonElement>>> ReadEntriesAsync(string path, string? text = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ServersFileReader.ReadRawAsync(path, text, cancellationToken);
    }
}
