using System.Data.Common;
using McpOptimizer.Core.Clients.Database;

namespace McpOptimizer.PostgreSql.Repositories;

/// <summary>The OAuth tokens of one server and client: a row in PostgreSQL, two files beside a SQLite database. Secret.</summary>
/// <param name="Key">Stands for the server and the client.</param>
/// <param name="Tokens">The tokens as JSON; null when there are only scopes.</param>
/// <param name="Scopes">Scopes to ask for at the next login.</param>
internal sealed record CopiedTokens(string Key, string? Tokens, string Scopes)
{
    private const string TokenFile = ".json";
    private const string ScopeFile = ".scopes";

    /// <summary>Those in a folder, or in a database that keeps them itself; by key.</summary>
    public static async Task<IReadOnlyList<CopiedTokens>> ReadAsync(DbTransaction transaction, string? folder, CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            return await transaction.Command("SELECT key, tokens, scopes FROM oauth_tokens ORDER BY key COLLATE \"C\"")
                .ReadAllAsync(row => new CopiedTokens(row.GetString(0), row.TextOrNull(1), row.GetString(2)), cancellationToken).ConfigureAwait(false);
        }

        if (!Directory.Exists(folder))
        {
            return [];
        }

        List<CopiedTokens> found = [];
        foreach (string key in Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is TokenFile or ScopeFile)
            .Select(file => Path.GetFileNameWithoutExtension(file)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string path = Path.Combine(folder, key);
            found.Add(new CopiedTokens(
                key,
                File.Exists(path + TokenFile) ? await File.ReadAllTextAsync(path + TokenFile, cancellationToken).ConfigureAwait(false) : null,
                File.Exists(path + ScopeFile) ? await File.ReadAllTextAsync(path + ScopeFile, cancellationToken).ConfigureAwait(false) : ""));
        }

        return found;
    }

    /// <summary>Writes them into a folder, readable by this user only, or into the database.</summary>
    public static async Task WriteAsync(IReadOnlyList<CopiedTokens> all, DbTransaction transaction, string? folder, CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            await transaction.RunManyAsync(
                "INSERT INTO oauth_tokens (key, tokens, scopes, written_at) VALUES (@key, @tokens, @scopes, clock_timestamp())",
                ["@key", "@tokens", "@scopes"],
                all.Select(tokens => new object?[] { tokens.Key, tokens.Tokens, tokens.Scopes }),
                cancellationToken).ConfigureAwait(false);
            return;
        }

        if (all.Count == 0)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        foreach (CopiedTokens tokens in all)
        {
            string path = Path.Combine(folder, tokens.Key);
            if (tokens.Tokens is { } text)
            {
                await WriteFileAsync(path + TokenFile, text, cancellationToken).ConfigureAwait(false);
            }

            if (tokens.Scopes.Length > 0)
            {
                await WriteFileAsync(path + ScopeFile, tokens.Scopes, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Key;

    private static async Task WriteFileAsync(string path, string text, CancellationToken cancellationToken)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        StreamWriter writer = new(path, options);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }
}
