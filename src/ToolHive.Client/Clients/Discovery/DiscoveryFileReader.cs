using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ToolHive.Client.Clients.Wire;

namespace ToolHive.Client.Clients.Discovery;

/// <summary>Finds, distrusts and reads the discovery file.</summary>
internal static class DiscoveryFileReader
{
    private const int MaxLength = 64 * 1024;

    /// <summary>The platform's place for the file.</summary>
    public static string DefaultPath()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } configured && Path.IsPathRooted(configured) ? configured
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Application Support")
            : Path.Combine(home, ".local", "state");
        return Path.Combine(state, "toolhive", "server", "server.json");
    }

    /// <summary>Reads the file.</summary>
    /// <returns>The endpoint it names with its nonce, or a reason why there is none.</returns>
    public static async Task<(ToolHiveEndpoint? Endpoint, string? Nonce, string? Reason)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (FileTrust.WhyDistrusted(path) is { } reason)
        {
            return (null, null, reason);
        }

        try
        {
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using (stream.ConfigureAwait(false))
            {
                if (stream.Length > MaxLength)
                {
                    return (null, null, $"discovery file {path} is larger than {MaxLength} bytes");
                }

                DiscoveryFile? file = await JsonSerializer.DeserializeAsync(
                    stream, ToolHiveJsonContext.Default.DiscoveryFile, cancellationToken).ConfigureAwait(false);
                return string.IsNullOrEmpty(file?.Nonce) ? (null, null, $"discovery file {path} has no nonce")
                    : ParseUrl(file.Url) is { } endpoint ? (endpoint, file.Nonce, null)
                    : (null, null, $"discovery file {path} names no loopback http address, unix socket or named pipe");
            }
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return (null, null, $"discovery file {path} cannot be read ({e.GetType().Name})");
        }
    }

    /// <summary>The endpoint behind an address of the file; null when the address is not one that ToolHive writes.</summary>
    public static ToolHiveEndpoint? ParseUrl(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri))
        {
            return null;
        }

        return uri.Scheme switch
        {
            "http" when uri.IsLoopback && uri.UserInfo.Length == 0 =>
                new ToolHiveEndpoint(new Uri(uri.GetLeftPart(UriPartial.Authority) + "/"), EndpointSource.DiscoveryFile),
            "unix" when uri.AbsolutePath.Length > 1 =>
                new ToolHiveEndpoint(StandIn(uri), EndpointSource.DiscoveryFile, SocketPath: Uri.UnescapeDataString(uri.AbsolutePath)),
            "npipe" when PipeName(uri) is { Length: > 0 } pipe => new ToolHiveEndpoint(StandIn(uri), EndpointSource.DiscoveryFile, PipeName: pipe),
            _ => null,
        };
    }

    // npipe:////./pipe/name and npipe://name both occur.
    private static string PipeName(Uri uri) =>
        uri.OriginalString["npipe:".Length..].Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., { } last] ? last : "";

    private static Uri StandIn(Uri uri) =>
        new($"http://local-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uri.OriginalString)).AsSpan(0, 6))}.invalid/");
}
