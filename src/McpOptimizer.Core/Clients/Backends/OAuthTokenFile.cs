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
internal sealed class OAuthTokenFile(string folder, BackendEndpoint endpoint) : IOAuthTokens
{
    private readonly string _path = Path.Combine(folder, KeyOf(endpoint) + ".json");
    private readonly Lock _gate = new();
    private (DateTime Written, TokenContainer Tokens)? _known;

    private string ScopePath => Path.ChangeExtension(_path, ".scopes");

    /// <summary>What stands for the server and the client in names.</summary>
    public static string KeyOf(BackendEndpoint endpoint) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint.Url}\n{endpoint.OAuth?.ClientId}"))[..16]);

    /// <inheritdoc/>
    public DateTime WrittenAt => File.GetLastWriteTimeUtc(_path);

    /// <inheritdoc/>
    public TokenContainer? Read()
    {
        lock (_gate)
        {
            DateTime written = File.GetLastWriteTimeUtc(_path);
            if (_known is { } known && known.Written == written)
            {
                return known.Tokens;
            }

            CheckMode();
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

    /// <inheritdoc/>
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
    public IReadOnlyList<string> ReadScopes()
    {
        try
        {
            return File.ReadAllText(ScopePath).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public void AddScopes(IEnumerable<string> scopes)
    {
        IReadOnlyList<string> known = ReadScopes();
        string[] all = [.. known.Union(scopes, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (all.Length == known.Count)
        {
            return;
        }

        try
        {
            CreateFolder();
            string draft = $"{ScopePath}.{Guid.NewGuid():N}";
            File.WriteAllText(draft, string.Join(' ', all));
            File.Move(draft, ScopePath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The tokens matter; this is a convenience.
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

    // Tokens that others could read may be in other hands; tokens that others could write may be theirs.
    private void CheckMode()
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows() && File.Exists(_path) && (File.GetUnixFileMode(_path) & others) != 0)
        {
            throw new BackendException(
                endpoint.ServerName,
                Models.Calls.BackendFailure.Unauthorized,
                $"The token file '{_path}' of server '{endpoint.ServerName}' can be used by others than its owner and is not taken. Log in anew with the command: login {endpoint.ServerName}");
        }
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
