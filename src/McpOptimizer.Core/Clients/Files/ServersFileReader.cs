using System.Text.Json;
using McpOptimizer.Core.Clients.Wire;

namespace McpOptimizer.Core.Clients.Files;

/// <summary>Reads a servers file whole.</summary>
internal static class ServersFileReader
{
    /// <exception cref="SourceFileException">The file cannot be read or is not JSON of the expected shape.</exception>
    public static async Task<ServersFile> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceFileException($"The servers file '{path}' cannot be read: {e.Message}", e);
        }

        ServersFile? file;
        try
        {
            file = JsonSerializer.Deserialize(WithoutByteOrderMark(bytes), SourceFilesJsonContext.Default.ServersFile);
        }
        catch (JsonException e)
        {
            throw new SourceFileException(JsonFault.Describe($"The servers file '{path}'", e), e);
        }

        return file is { McpServers: null, Servers: null } or null
            ? throw new SourceFileException($"The servers file '{path}' has no \"mcpServers\" object. Expected: {{ \"mcpServers\": {{ \"NAME\": {{ \"command\": … }} or {{ \"url\": … }} }} }}.")
            : file;
    }

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
}
