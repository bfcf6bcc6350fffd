using System.Globalization;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Data.Sqlite;

namespace McpOptimizer.Core.Clients.Database;

/// <summary>Opens the file, and knows the files beside it.</summary>
internal sealed class SqliteConnections(StoreSettings settings)
{
    // What a checkpoint leaves of the write-ahead log on disk.
    private const int LargestLog = 16 * 1024 * 1024;

    public string Path => settings.DatabasePath;

    /// <summary>The write-ahead log and its index.</summary>
    public IReadOnlyList<string> Companions => [Path + "-wal", Path + "-shm"];

    /// <summary>Bytes of the write-ahead log.</summary>
    public long LogSize => new FileInfo(Path + "-wal") is { Exists: true } log ? log.Length : 0;

    /// <summary>When the file of this name was made, where the file system keeps that; else null.</summary>
    public DateTime? Birth
    {
        get
        {
            FileInfo file = new(Path);
            return file.Exists && file.CreationTimeUtc < file.LastWriteTimeUtc ? file.CreationTimeUtc : null;
        }
    }

    /// <summary>
    /// The name under which this process holds the file open; null where the system does not tell. Linux shows open files by name, and marks those whose name
    /// was removed or given to another file.
    /// </summary>
    public string? FindOpenName()
    {
        string full = System.IO.Path.GetFullPath(Path);
        string[] held = [.. OpenNames().Where(name => System.IO.Path.GetFileName(name) == System.IO.Path.GetFileName(full))];
        return held.Contains(full) ? full : held.FirstOrDefault();
    }

    /// <summary>Whether the file that is held open under that name is not the one that the name leads to now.</summary>
    public static bool IsGone(string? openName) => openName is not null && OpenNames().Contains(openName + " (deleted)");

    public Task<SqliteConnection> OpenAsync(SqliteAccess access, CancellationToken cancellationToken) => OpenAsync(Text(access, pooling: true), access, cancellationToken);

    /// <summary>A connection of its own: with nothing remembered of the file, and open for as long as its owner wants.</summary>
    public Task<SqliteConnection> OpenOwnAsync(SqliteAccess access, CancellationToken cancellationToken) => OpenAsync(Text(access, pooling: false), access, cancellationToken);

    /// <summary>Another file, or memory.</summary>
    public static Task<SqliteConnection> OpenOtherAsync(string dataSource, CancellationToken cancellationToken) =>
        OpenAsync(new SqliteConnectionStringBuilder { DataSource = dataSource, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString(), SqliteAccess.ReadWrite, cancellationToken);

    /// <summary>Closes the connections that are kept for later. Those in use follow when they are given back.</summary>
    public void Clear()
    {
        foreach (SqliteAccess access in Enum.GetValues<SqliteAccess>())
        {
            using SqliteConnection connection = new(Text(access, pooling: true));
            SqliteConnection.ClearPool(connection);
        }
    }

    /// <summary>Makes the folder, and an empty file that only the owner reads: tool definitions may be private.</summary>
    public static void Prepare(string path)
    {
        string? folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
        }

        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            // Shared: another process may be making the same file at this moment.
            using FileStream created = new(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite | FileShare.Delete,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
    }

    private static IEnumerable<string> OpenNames()
    {
        const string handles = "/proc/self/fd";
        return OperatingSystem.IsLinux() && Directory.Exists(handles)
            ? Directory.EnumerateFileSystemEntries(handles).Select(handle => new FileInfo(handle).LinkTarget).OfType<string>()
            : [];
    }

    private string Text(SqliteAccess access, bool pooling) => new SqliteConnectionStringBuilder
    {
        DataSource = access == SqliteAccess.Immutable ? new Uri(System.IO.Path.GetFullPath(Path)).AbsoluteUri + "?immutable=1" : Path,
        Mode = access == SqliteAccess.ReadWrite ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly,
        DefaultTimeout = (int)Math.Ceiling(settings.BusyTimeout.TotalSeconds),
        Pooling = pooling,
    }.ToString();

    private static async Task<SqliteConnection> OpenAsync(string text, SqliteAccess access, CancellationToken cancellationToken)
    {
        SqliteConnection connection = new(text);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);

            // temp_store: sorting must not need a writable temporary folder (read-only root file systems).
            string limit = LargestLog.ToString(CultureInfo.InvariantCulture);
            await RunAsync(
                connection,
                access == SqliteAccess.ReadWrite
                    ? $"PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit={limit};"
                    : "PRAGMA temp_store=MEMORY;",
                cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs a statement outside of any transaction, as pragmas want it.</summary>
    public static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        SqliteCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // Constants of this folder; no value of anybody else's.
            command.CommandText = sql;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
