using System.Data.Common;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Clients.Database;

/// <summary>The embedded default: one SQLite file in WAL mode, so that readers see the last commit while a write is under way.</summary>
internal sealed class SqliteDatabase(IOptions<McpOptimizerOptions> options, TimeProvider clock) : IDatabase
{
    private const int NotADatabase = 26;

    private readonly StoreSettings _settings = options.Value.Store;
    private readonly SemaphoreSlim _writer = new(1, 1);

    private string ConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = _settings.DatabasePath,
        Mode = SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = (int)Math.Ceiling(_settings.BusyTimeout.TotalSeconds),
        Pooling = true,
    }.ToString();

    public async Task InitializeAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            PrepareFile(_settings.DatabasePath);
            await WriteAsync((transaction, token) => SqliteMigrations.ApplyAsync(transaction, clock, token), cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == NotADatabase)
        {
            throw new OptimizerStoreException($"'{_settings.DatabasePath}' is not a SQLite database. Nothing was changed; name another file (Store.DatabasePath).", e);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new OptimizerStoreException($"The database '{_settings.DatabasePath}' cannot be opened: {e.Message}", e);
        }
    }

    public async Task<T> ReadAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default)
    {
        SqliteConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            // A transaction that only reads: every statement in it sees the same commit.
            SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
            await using (snapshot.ConfigureAwait(false))
            {
                return await read(snapshot, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async Task WriteAsync(Func<DbTransaction, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            SqliteConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                // Not deferred: the write lock is taken at once, so that a lock conflict shows before any work and not at commit.
                SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
                await using (transaction.ConfigureAwait(false))
                {
                    await write(transaction, cancellationToken).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _writer.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        // Pooled connections keep the file and its WAL open otherwise.
        using (SqliteConnection connection = new(ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        SqliteConnection connection = new(ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            SqliteCommand pragmas = connection.CreateCommand();
            await using (pragmas.ConfigureAwait(false))
            {
                // temp_store: sorting must not need a writable temporary folder (read-only root file systems).
                pragmas.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;";
                await pragmas.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static void PrepareFile(string path)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
        }

        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            // Tool definitions may be private: only the owner reads the file.
            using FileStream created = new(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
    }
}
