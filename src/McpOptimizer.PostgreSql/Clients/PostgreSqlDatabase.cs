using System.Data;
using System.Data.Common;
using System.Globalization;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Options;
using Npgsql;

namespace McpOptimizer.PostgreSql.Clients;

/// <summary>
/// The store on PostgreSQL. Writers of all processes take turns on an advisory lock, so that what a transaction read is still so when it writes, as with SQLite;
/// readers see one commit and wait for nobody. Each transaction that changed something counts the sequence on and tells the others.
/// </summary>
internal sealed class PostgreSqlDatabase(PostgreSqlConnections connections, PostgreSqlLease lease, IOptions<McpOptimizerOptions> options, TimeProvider clock) : IDatabase
{
    /// <summary>Where changes are told.</summary>
    public const string Channel = "mcp_optimizer";

    // A process that is stopped in the middle of a transaction would hold up all writers.
    private const string IdleLimit = "4s";

    // Whatever waits for the schema of one search path waits for no other's.
    private const string WriterLock = "hashtextextended('mcp-optimizer/' || current_schema(), 0)";

    private readonly StoreSettings _settings = options.Value.Store;
    private string? _store;

    public async Task<string?> InitializeAsync(CancellationToken cancellationToken = default)
    {
        if (_settings.ReadOnly)
        {
            long version = await ReadAsync(PostgreSqlMigrations.VersionAsync, cancellationToken).ConfigureAwait(false);
            if (version == 0)
            {
                throw new OptimizerStoreException($"PostgreSQL at {connections.Shown} holds no store yet. Start the server, or take servers in, before looking at what is stored.");
            }
        }
        else
        {
            try
            {
                await WriteAsync((transaction, token) => PostgreSqlMigrations.ApplyAsync(transaction, clock, token), StoreRight.Anyone, cancellationToken).ConfigureAwait(false);
            }
            catch (OptimizerStoreException e) when (e.Failure is StoreFailure.ReadOnly or StoreFailure.Full or StoreFailure.Busy)
            {
                // A sound store that cannot be written is still good to read.
                if (await ReadAsync(PostgreSqlMigrations.VersionAsync, cancellationToken).ConfigureAwait(false) < PostgreSqlMigrations.CurrentVersion)
                {
                    throw;
                }

                return e.Message;
            }
        }

        _store = await ReadAsync(StoreIdAsync, cancellationToken).ConfigureAwait(false);
        return null;
    }

    public async Task<T> ReadAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await InTransactionAsync(
                    IsolationLevel.RepeatableRead, (transaction, token) => read(transaction, token), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (PostgreSqlFaults.IsFault(e, cancellationToken))
            {
                // A pooled connection may have died in its sleep. Reads can be said twice.
                if (attempt > 1 || !PostgreSqlFaults.IsBroken(e))
                {
                    throw PostgreSqlFaults.Explain(e, connections.Shown);
                }
            }
        }
    }

    public async Task WriteAsync(Func<DbTransaction, CancellationToken, Task> write, StoreRight right = StoreRight.Leader, CancellationToken cancellationToken = default)
    {
        if (right == StoreRight.Leader)
        {
            // Whoever was not asked so far applies for it now.
            await lease.IsHeldAsync(cancellationToken).ConfigureAwait(false);
        }

        for (int attempt = 1; ; attempt++)
        {
            bool hasBegun = false;
            try
            {
                await InTransactionAsync(
                    IsolationLevel.ReadCommitted,
                    async (transaction, token) =>
                    {
                        if (!_settings.ReadOnly)
                        {
                            await BeginWriteAsync(transaction, right, token).ConfigureAwait(false);
                        }

                        hasBegun = true;
                        await write(transaction, token).ConfigureAwait(false);
                        if (!_settings.ReadOnly)
                        {
                            await EndWriteAsync(transaction, right, token).ConfigureAwait(false);
                        }

                        return true;
                    },
                    cancellationToken,
                    isCommitted: !_settings.ReadOnly).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (PostgreSqlFaults.IsFault(e, cancellationToken))
            {
                // Only what has not reached the caller's part yet is done again: of the rest nobody knows whether it was committed.
                if (attempt > 1 || hasBegun || !PostgreSqlFaults.IsBroken(e))
                {
                    throw PostgreSqlFaults.Explain(e, connections.Shown);
                }
            }
        }
    }

    public async Task<string?> VerifyAsync(CancellationToken cancellationToken = default)
    {
        if (_store is null)
        {
            return null;
        }

        string? store = await ReadAsync(StoreIdAsync, cancellationToken).ConfigureAwait(false);
        if (store == _store)
        {
            return null;
        }

        _store = store;
        return $"The store in PostgreSQL at {connections.Shown} is another one than before: a backup was put back, or the database was made anew. It is read again.";
    }

    public async Task<string?> ExamineAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            // Reads every row; a damaged page says so.
            await ReadAsync(
                (snapshot, token) => snapshot.Command(
                    """
                    SELECT (SELECT count(length(details)) FROM tools_workload), (SELECT count(length(details)) FROM tools_registry), (SELECT count(*) FROM trust_items),
                        (SELECT count(*) FROM trust_log)
                    """).ReadAllAsync(row => row.GetInt64(0), token),
                cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (OptimizerStoreException e)
        {
            return e.Message;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<string?> StoreIdAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        (await transaction.Command("SELECT id FROM store_state").ReadAllAsync(row => row.GetString(0), cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    private async Task BeginWriteAsync(DbTransaction transaction, StoreRight right, CancellationToken cancellationToken)
    {
        long patience = Math.Max(1, (long)_settings.BusyTimeout.TotalMilliseconds);
        await transaction.Command(
            $"""
            SELECT set_config('lock_timeout', @patience, true), set_config('idle_in_transaction_session_timeout', '{IdleLimit}', true), set_config('mcp_optimizer.writer', @writer, true);
            SELECT pg_advisory_xact_lock({WriterLock})
            """,
            ("@patience", patience.ToString(CultureInfo.InvariantCulture)),
            ("@writer", connections.Id)).RunAsync(cancellationToken).ConfigureAwait(false);
        if (right == StoreRight.Leader)
        {
            await lease.CheckAsync(transaction, isLast: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EndWriteAsync(DbTransaction transaction, StoreRight right, CancellationToken cancellationToken)
    {
        if (right == StoreRight.Leader)
        {
            // Held until the commit: nobody takes over in between.
            await lease.CheckAsync(transaction, isLast: true, cancellationToken).ConfigureAwait(false);
        }

        await transaction.Command(
            $"""
            WITH moved AS (
                UPDATE store_state SET generation = generation + 1 WHERE EXISTS (SELECT 1 FROM store_changes WHERE sequence = generation + 1) RETURNING id, generation)
            SELECT pg_notify('{Channel}', 'c:' || id || ':' || generation) FROM moved
            """).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> InTransactionAsync<T>(
        IsolationLevel level, Func<DbTransaction, CancellationToken, Task<T>> use, CancellationToken cancellationToken, bool isCommitted = true)
    {
        NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(level, cancellationToken).ConfigureAwait(false);
            try
            {
                T result = await use(transaction, cancellationToken).ConfigureAwait(false);
                if (isCommitted)
                {
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                }

                return result;
            }
            finally
            {
                await EndAsync(transaction).ConfigureAwait(false);
            }
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await connections.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OptimizerStoreException e) when (e.InnerException is { } reason)
        {
            // Explained again, and retried, by the one who called.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(reason);
            throw;
        }
    }

    // Rolls back what was not committed.
    private static async Task EndAsync(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (PostgreSqlFaults.IsFault(e, CancellationToken.None))
        {
            // The connection is gone, and the transaction with it; the error that came before says more than this one.
        }
    }
}
