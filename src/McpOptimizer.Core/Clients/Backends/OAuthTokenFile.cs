using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models;
using ModelContextProtocol.Authentication;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// The tokens of one server and client in a file of their own, readable by this user only and replaced as a whole. A file that another
/// process wrote, as <c>login</c> does, is noticed.
/// </summary>
internal sealed class OAuthTokenFile(string folder, BackendEndpoint endpoint) : ITokenCache
{
    private readonly string _path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint.Url}\n{endpoint.OAuth?.ClientId}"))[..16]) + ".json");
    private readonly Lock _gate = new();
    private (DateTime Written, TokenContainer Tokens)? _known;

    /// <summary>The stored tokens; null when there are none, or what is there cannot be read.</summary>
    public TokenContainer? Read()
    {
        lock (_gate)
        {
            DateTime written = File.GetLastWriteTimeUtc(_path);
            if (_known is { } known && known.Written == written)
            {
                return known.Tokens;
            }

            try
            {
                TokenContainer? tokens = JsonSerializer.Deserialize(File.ReadAllBytes(_path), OAuthJsonContext.Default.TokenContainer);
                _known = tokens is null ? null : (written, tokens);
                return tokens;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
            {
                _known = null;
                return null;
            }
        }
    }

    /// <summary>Replaces what is stored.</summary>
    /// <exception cref="BackendException">The file cannot be written.</exception>
    public void Write(TokenContainer tokens)
    {
        lock (_gate)
        {
            string draft = $"{_path}.{Guid.NewGuid():N}";
            try
            {
                CreateFolder();
                FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                using (FileStream file = new(draft, options))
                {
                    JsonSerializer.Serialize(file, tokens, OAuthJsonContext.Default.TokenContainer);
                    file.Flush(flushToDisk: true);
                }

                File.Move(draft, _path, overwrite: true);
                _known = (File.GetLastWriteTimeUtc(_path), tokens);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new BackendException(
                    endpoint.ServerName, Models.Calls.BackendFailure.Unauthorized, $"The tokens of server '{endpoint.ServerName}' cannot be stored in '{folder}': {e.Message}", e);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<TokenContainer?> GetTokensAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(Read());

    /// <inheritdoc/>
    public ValueTask StoreTokensAsync(TokenContainer tokens, CancellationToken cancellationToken = default)
    {
        Write(tokens);
        return ValueTask.CompletedTask;
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
