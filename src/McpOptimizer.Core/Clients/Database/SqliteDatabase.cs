using System.Data.Common;
using System.Globalization;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Clients.Database;

/// <summary>The embedded default: one SQLite file in WAL mode, so that readers see the last commit while a write is under way.</summary>
internal sealed partial class SqliteDatabase(IOptions<McpOptimizerOptions> options, TimeProvider clock, ILogger<SqliteDatabase> logger) : IDatabase
{
    // Beyond this a write brings the log into the file at once: a checkpoint that readers held up would let it grow.
    private const long CheckpointAt = 8L * 1024 * 1024;

    private readonly StoreSettings _settings = options.Value.Store;
    private readonly SqliteConnections _connections = new(options.Value.Store);
    private readonly SemaphoreSlim _writer = new(1, 1);
    private SqliteAccess _access;

    // Keeps the file that was opened within reach, whatever happens to its name.
    private SqliteConnection? _anchor;
    private SqliteMark? _mark;
    private DateTime? _birth;
    private string? _openName;

    // What takes the writes where the file is only to be read; one connection, used in turns.
    private SqliteConnection? _memory;

    public async Task<string?> InitializeAsync(CancellationToken cancellationToken = default)
    {
        if (_settings.ReadOnly)
        {
            await GuardAsync(() => OpenToReadAsync(cancellationToken)).ConfigureAwait(false);
            return null;
        }

        try
        {
            await GuardAsync(() => OpenToWriteAsync(cancellationToken)).ConfigureAwait(false);
            return null;
        }
        catch (OptimizerStoreException e) when (e.Failure is StoreFailure.Full or StoreFailure.ReadOnly or StoreFailure.Busy or StoreFailure.Unusable)
        {
            // A sound file that cannot be written is still good to read.
            if (await TryVersionAsync(cancellationToken).ConfigureAwait(false) != SqliteMigrations.CurrentVersion)
            {
                throw;
            }

            return e.Message;
        }
    }

    public Task<T> ReadAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        if (_memory is not null)
        {
            return await InMemoryAsync(read, cancellationToken).ConfigureAwait(false);
        }

        SqliteConnection connection = await _connections.OpenAsync(_access, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            // A transaction that only reads: every statement in it sees the same commit.
            SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
            await using (snapshot.ConfigureAwait(false))
            {
                return await read(snapshot, cancellationToken).ConfigureAwait(false);
            }
        }
    });

    public Task WriteAsync(Func<DbTransaction, CancellationToken, Task> write, StoreRight right = StoreRight.Leader, CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        if (_settings.ReadOnly)
        {
            await InMemoryAsync(
                async (transaction, token) =>
                {
                    await write(transaction, token).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            return true;
        }

        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            SqliteConnection connection = await _connections.OpenAsync(SqliteAccess.ReadWrite, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                _mark = await InTransactionAsync(
                    connection,
                    async (transaction, token) =>
                    {
                        await write(transaction, token).ConfigureAwait(false);
                        return await SqliteMigrations.CountWriteAsync(transaction, token).ConfigureAwait(false);
                    },
                    cancellationToken).ConfigureAwait(false);
                _access = SqliteAccess.ReadWrite;
                await ShortenLogAsync(connection, cancellationToken).ConfigureAwait(false);
            }

            if (_anchor is null)
            {
                await RememberAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _writer.Release();
        }

        return true;
    });

    public Task<string?> VerifyAsync(CancellationToken cancellationToken = default) => GuardAsync<string?>(async () =>
    {
        if (_mark is null || _anchor is null)
        {
            return null;
        }

        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            bool isThere = File.Exists(_connections.Path);
            DateTime? birth = _connections.Birth;
            bool isAnother = SqliteConnections.IsGone(_openName) || (_birth is not null && birth is not null && birth != _birth);
            if (isThere && !isAnother && _mark.IsContinuedBy(await ReadMarkAsync(cancellationToken).ConfigureAwait(false)))
            {
                _birth ??= birth;
                return null;
            }

            string? aside = await WriteAnewAsync(cancellationToken).ConfigureAwait(false);
            return $"The database '{_connections.Path}' was {(isThere ? "replaced" : "deleted")} while it was in use. It was written anew from what was open"
                + (aside is null ? "." : $"; what lay in its place is now '{aside}'.");
        }
        finally
        {
            _writer.Release();
        }
    });

    public async Task<string?> ExamineAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            List<string> found = await ReadAsync(
                (snapshot, token) => snapshot.Command("PRAGMA quick_check(1)").ReadAllAsync(row => row.GetString(0), token), cancellationToken).ConfigureAwait(false);
            return found is ["ok"]
                ? null
                : SqliteFaults.Explain(new SqliteException(found.FirstOrDefault() ?? "no answer", SqliteFaults.Damaged), _connections.Path, _settings.BusyTimeout).Message;
        }
        catch (OptimizerStoreException e)
        {
            return e.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SqliteConnection? connection in new[] { _anchor, _memory })
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }

        // Pooled connections keep the file and its WAL open otherwise.
        _connections.Clear();
        _writer.Dispose();
    }

    private async Task<bool> OpenToWriteAsync(CancellationToken cancellationToken)
    {
        SqliteConnections.Prepare(_connections.Path);
        SqliteConnection connection = await _connections.OpenAsync(SqliteAccess.ReadWrite, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await SqliteConnections.RunAsync(connection, "PRAGMA journal_mode=WAL;", cancellationToken).ConfigureAwait(false);
        }

        bool isOlder = false;
        await WriteAsync(
            async (transaction, token) => isOlder = await SqliteMigrations.ApplyAsync(transaction, clock, token).ConfigureAwait(false), StoreRight.Anyone, cancellationToken).ConfigureAwait(false);
        if (isOlder)
        {
            LogReadAnew(_connections.Path);
        }

        return true;
    }

    private async Task<bool> OpenToReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_connections.Path))
        {
            _memory = await SqliteConnections.OpenOtherAsync(":memory:", cancellationToken).ConfigureAwait(false);
            LogNothingThere(_connections.Path);
        }
        else if (await VersionAsync(cancellationToken).ConfigureAwait(false) == SqliteMigrations.CurrentVersion)
        {
            return true;
        }

        await InMemoryAsync((transaction, token) => SqliteMigrations.ApplyAsync(transaction, clock, token), cancellationToken).ConfigureAwait(false);
        return true;
    }

    // The first way of opening the file that shows its version.
    private async Task<long> VersionAsync(CancellationToken cancellationToken)
    {
        Exception? first = null;
        foreach (SqliteAccess access in Enum.GetValues<SqliteAccess>())
        {
            if ((access == SqliteAccess.ReadWrite && _settings.ReadOnly) || (access == SqliteAccess.Immutable && _connections.LogSize > 0))
            {
                continue;
            }

            try
            {
                SqliteConnection connection = await _connections.OpenAsync(access, cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    long version = await InTransactionAsync(connection, SqliteMigrations.VersionAsync, cancellationToken, deferred: true).ConfigureAwait(false);
                    _access = access;
                    return version;
                }
            }
            catch (SqliteException e)
            {
                first ??= e;
            }
        }

        throw first!;
    }

    private async Task<long?> TryVersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(_connections.Path) ? await VersionAsync(cancellationToken).ConfigureAwait(false) : null;
        }
        catch (SqliteException)
        {
            // The reason why it cannot be written says more.
            return null;
        }
    }

    private async Task RememberAsync(CancellationToken cancellationToken)
    {
        _anchor = await _connections.OpenOwnAsync(SqliteAccess.ReadWrite, cancellationToken).ConfigureAwait(false);

        // Read once: only then is the file itself open, and not just its name known.
        _mark = await InTransactionAsync(_anchor, SqliteMigrations.ReadMarkAsync, cancellationToken, deferred: true).ConfigureAwait(false);
        _birth = _connections.Birth;
        _openName = _connections.FindOpenName();
    }

    // As one sees it who opens the file now.
    private async Task<SqliteMark?> ReadMarkAsync(CancellationToken cancellationToken)
    {
        try
        {
            SqliteConnection connection = await _connections.OpenOwnAsync(SqliteAccess.ReadWrite, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await InTransactionAsync(connection, SqliteMigrations.ReadMarkAsync, cancellationToken, deferred: true).ConfigureAwait(false);
            }
        }
        catch (SqliteException e) when (!SqliteFaults.IsPassing(e))
        {
            // Not a database of ours.
            return null;
        }
    }

    // Inside the writer's turn. What was opened can still be read, whatever its name leads to now.
    private async Task<string?> WriteAnewAsync(CancellationToken cancellationToken)
    {
        string copy = $"{_connections.Path}.{Guid.NewGuid():N}";
        SqliteConnections.Prepare(copy);
        try
        {
            SqliteConnection target = await SqliteConnections.OpenOtherAsync(copy, cancellationToken).ConfigureAwait(false);
            await using (target.ConfigureAwait(false))
            {
                _anchor!.BackupDatabase(target);
                SqliteMark? saved = await InTransactionAsync(target, SqliteMigrations.ReadMarkAsync, cancellationToken, deferred: true).ConfigureAwait(false);
                if (!_mark!.IsContinuedBy(saved))
                {
                    throw new OptimizerStoreException(
                        StoreFailure.Damaged,
                        $"The database '{_connections.Path}' was overwritten while it was in use, and nothing of it is left. Stop this process, then put a copy back or move the file away.");
                }
            }

            await _anchor!.DisposeAsync().ConfigureAwait(false);
            _anchor = null;
            _connections.Clear();
            string? aside = File.Exists(_connections.Path)
                ? string.Create(CultureInfo.InvariantCulture, $"{_connections.Path}.replaced-{clock.GetUtcNow():yyyyMMddHHmmss}")
                : null;
            if (aside is not null)
            {
                File.Move(_connections.Path, aside, overwrite: true);
            }

            // They belong to the file that is gone; beside another one they would be read as its last writes.
            foreach (string companion in _connections.Companions)
            {
                File.Delete(companion);
            }

            File.Move(copy, _connections.Path);
            await RememberAsync(cancellationToken).ConfigureAwait(false);
            return aside;
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private async Task<T> InMemoryAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> use, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_memory is null)
            {
                SqliteConnection memory = await SqliteConnections.OpenOtherAsync(":memory:", cancellationToken).ConfigureAwait(false);
                SqliteConnection file = await _connections.OpenAsync(_access, cancellationToken).ConfigureAwait(false);
                await using (file.ConfigureAwait(false))
                {
                    file.BackupDatabase(memory);
                }

                _memory = memory;
            }

            return await InTransactionAsync(_memory, use, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writer.Release();
        }
    }

    private static async Task<T> InTransactionAsync<T>(
        SqliteConnection connection, Func<DbTransaction, CancellationToken, Task<T>> use, CancellationToken cancellationToken, bool deferred = false)
    {
        // Not deferred: the write lock is taken at once, so that a lock conflict shows before any work and not at commit.
        SqliteTransaction transaction = connection.BeginTransaction(deferred);
        try
        {
            T result = await use(transaction, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            await transaction.DisposeAsync().ConfigureAwait(false);
            return result;
        }
        catch
        {
            await RollBackAsync(transaction).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task RollBackAsync(SqliteTransaction transaction)
    {
        try
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (SqliteException)
        {
            // A full disk or an I/O error has rolled it back already; the error that did says more than this one.
        }
    }

    private async Task ShortenLogAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        if (_connections.LogSize < CheckpointAt)
        {
            return;
        }

        try
        {
            await SqliteConnections.RunAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE);", cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            // What was committed stays in the log; the next write tries again.
            LogNotShortened(_connections.Path, e.Message);
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use().ConfigureAwait(false);
        }
        catch (Exception e) when (SqliteFaults.IsFault(e))
        {
            throw SqliteFaults.Explain(e, _connections.Path, _settings.BusyTimeout);
        }
    }

    [LoggerMessage(EventId = 120, Level = LogLevel.Information, Message = "'{Path}' was written by an older program (tables mcpserver and tool). Its servers are read anew from their sources; its tables stay as they are.")]
    private partial void LogReadAnew(string path);

    [LoggerMessage(EventId = 121, Level = LogLevel.Information, Message = "There is no database '{Path}' yet. None is made: what is taken in is forgotten at the end.")]
    private partial void LogNothingThere(string path);

    [LoggerMessage(EventId = 122, Level = LogLevel.Warning, Message = "The write-ahead log of '{Path}' could not be shortened; the next write tries again: {Reason}")]
    private partial void LogNotShortened(string path, string reason);
}
