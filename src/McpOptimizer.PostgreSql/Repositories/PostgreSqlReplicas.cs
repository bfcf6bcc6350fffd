using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.PostgreSql.Clients;

namespace McpOptimizer.PostgreSql.Repositories;

/// <summary>The processes on one database.</summary>
internal sealed class PostgreSqlReplicas(PostgreSqlConnections connections, PostgreSqlLease lease, PostgreSqlNotices notices, PostgreSqlStoreOptions options, IDatabase database) : IStoreReplicas
{
    private const int LongestName = 2_000;

    public event Action<string>? Shared
    {
        add => notices.Shared += value;
        remove => notices.Shared -= value;
    }

    public string? Name => options.ReplicaName;

    public string? Leader => lease.Holder;

    public ValueTask<bool> IsLeaderAsync(CancellationToken cancellationToken = default) => lease.IsHeldAsync(cancellationToken);

    public Task<StorePosition> ReadPositionAsync(CancellationToken cancellationToken = default) => database.ReadAsync(
        async (snapshot, token) => (await snapshot.Command("SELECT id, generation FROM store_state")
            .ReadAllAsync(row => new StorePosition(row.GetString(0), row.GetInt64(1)), token).ConfigureAwait(false))[0],
        cancellationToken);

    public async Task<StoreChanges> ReadChangesAsync(StorePosition after, CancellationToken cancellationToken = default)
    {
        // One statement, one snapshot; most of the time it says that nothing happened.
        List<(string Store, long Sequence, int? Kind, string? Subject)> rows = await connections.QueryAsync(
            """
            SELECT s.id, s.generation, c.kind, c.subject FROM store_state s
            LEFT JOIN store_changes c ON c.sequence > @after AND c.sequence <= s.generation AND c.writer <> @writer
            """,
            [("@after", after.Sequence), ("@writer", connections.Id)],
            row => (row.GetString(0), row.GetInt64(1), row.IsDBNull(2) ? (int?)null : row.GetInt16(2), row.TextOrNull(3)),
            cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0)
        {
            return new StoreChanges(after);
        }

        StorePosition now = new(rows[0].Store, rows[0].Sequence);
        bool isWhole = now.Store != after.Store || now.Sequence < after.Sequence;
        return new StoreChanges(now)
        {
            IsWhole = isWhole,
            Workloads = Of(0),
            Entries = Of(1),
            Trust = Of(2),
        };

        string[] Of(int kind) => [.. rows.Where(row => row.Kind == kind).Select(row => row.Subject!)];
    }

    public Task WaitAsync(CancellationToken cancellationToken = default) => notices.WaitAsync(cancellationToken);

    public Task AskForLookAsync(string? serverName, CancellationToken cancellationToken = default) => connections.QueryAsync(
        $"SELECT pg_notify('{PostgreSqlDatabase.Channel}', 'a:' || id || ':' || @server) FROM store_state",
        [("@server", serverName is { Length: <= LongestName } ? StoreText.Write(serverName) : "")],
        _ => true,
        cancellationToken);

    public async Task ShareAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, CancellationToken cancellationToken = default)
    {
        if (value.Length > options.MaxSharedBytes)
        {
            return;
        }

        await connections.QueryAsync(
            $"""
            WITH laid AS (
                INSERT INTO store_shared (key, value, until) VALUES (@key, @value, clock_timestamp() + @lifetime)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until)
            SELECT pg_notify('{PostgreSqlDatabase.Channel}', 's:' || id || ':' || @key) FROM store_state
            """,
            [("@key", key), ("@value", value.ToArray()), ("@lifetime", lifetime)],
            _ => true,
            cancellationToken).ConfigureAwait(false);
        await connections.QueryAsync(
            """
            DELETE FROM store_shared WHERE until <= clock_timestamp() OR key IN (
                SELECT key FROM (SELECT key, sum(length(value)) OVER (ORDER BY made DESC, key) AS total FROM store_shared) AS kept WHERE total > @most)
            """,
            [("@most", options.MaxSharedBytes)],
            _ => true,
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<byte[]?> FindSharedAsync(string key, CancellationToken cancellationToken = default) => (await connections.QueryAsync(
        "SELECT value FROM store_shared WHERE key = @key AND until > clock_timestamp()",
        [("@key", key)],
        row => row.GetFieldValue<byte[]>(0),
        cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    public IReadOnlyList<string?> TakeRequests() => notices.TakeRequests();
}
