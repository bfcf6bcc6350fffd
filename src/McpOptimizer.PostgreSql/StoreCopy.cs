using McpOptimizer.Core.Clients.Database;
using McpOptimizer.PostgreSql.Clients;
using McpOptimizer.PostgreSql.Repositories;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace McpOptimizer.PostgreSql;

/// <summary>Moves everything that is kept from one store into another: SQLite into PostgreSQL, back, or between two of a kind.</summary>
public static class StoreCopy
{
    /// <summary>Whether a text names a PostgreSQL database rather than a SQLite file.</summary>
    /// <param name="store">A path, a connection string or an address.</param>
    public static bool IsPostgreSql(string store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || store.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
            || store.Split(';').Any(part => part.Split('=') is [{ } keyword, _, ..] && keyword.Trim().ToUpperInvariant() is "HOST" or "SERVER" or "DATA SOURCE");
    }

    /// <summary>
    /// Copies registry, workloads, tools with their vectors, trust with its log, and OAuth tokens, in one transaction; then reads both and compares them row by row before
    /// that is committed. Times are kept to the microsecond, which is what PostgreSQL knows. The source is not changed.
    /// </summary>
    /// <param name="from">Path of a SQLite file, or what reaches a PostgreSQL database. Nobody writes to it meanwhile: stop the servers on it.</param>
    /// <param name="to">The same for the target, which must be empty; tables and file are made.</param>
    /// <param name="fromTokens">Folder of the OAuth tokens of a SQLite source; null for <c>oauth-tokens</c> beside the file.</param>
    /// <param name="toTokens">The same for a SQLite target.</param>
    /// <param name="cancellationToken">Stops it; the target is as empty as before.</param>
    /// <returns>How many rows of each table were copied and found equal.</returns>
    /// <exception cref="OptimizerStoreException">A store cannot be used, the target is not empty, or a row is not read back as it was; nothing is kept then.</exception>
    /// <exception cref="ArgumentException">Source and target are the same, or an address cannot be read.</exception>
    public static async Task<IReadOnlyList<StoreCopyCount>> RunAsync(
        string from, string to, string? fromTokens = null, string? toTokens = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(from);
        ArgumentException.ThrowIfNullOrWhiteSpace(to);
        if (from == to)
        {
            throw new ArgumentException("Source and target are the same store; name two.");
        }

        if (!IsPostgreSql(from) && !File.Exists(from))
        {
            throw new OptimizerStoreException($"There is no SQLite database '{from}' to copy from.");
        }

        CopiedStore source = Open(from, fromTokens, readOnly: true);
        await using (source.ConfigureAwait(false))
        {
            CopiedStore target = Open(to, toTokens, readOnly: false);
            await using (target.ConfigureAwait(false))
            {
                return await StoreCopier.RunAsync(source, target, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static CopiedStore Open(string store, string? tokens, bool readOnly)
    {
        McpOptimizerOptions options = new();
        options.Store.ReadOnly = readOnly;
        IOptions<McpOptimizerOptions> wrapped = Options.Create(options);
        if (IsPostgreSql(store))
        {
            PostgreSqlConnections connections = new(PostgreSqlAddress.Read(store, "copy"));
            PostgreSqlLease lease = new(connections, new PostgreSqlStoreOptions(), wrapped, TimeProvider.System, NullLogger<PostgreSqlLease>.Instance);
            return new CopiedStore(new PostgreSqlDatabase(connections, lease, wrapped, TimeProvider.System), Folder: null, [lease, connections]);
        }

        options.Store.DatabasePath = store;
        string folder = tokens ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(store))!, "oauth-tokens");
        return new CopiedStore(new SqliteDatabase(wrapped, TimeProvider.System, NullLogger<SqliteDatabase>.Instance), folder, []);
    }
}
