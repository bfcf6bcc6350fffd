using Microsoft.Data.Sqlite;

namespace McpOptimizer.Core.Clients.Database;

/// <summary>Puts what SQLite reports into one sentence: what is wrong, with which file, and the way out.</summary>
internal static class SqliteFaults
{
    /// <summary>The code of a damaged file.</summary>
    public const int Damaged = 11;

    // Of an I/O error: a write, a cut or a growth that was refused, as quotas and limits on the size of files do.
    private static readonly int[] Refused = [778, 1546, 4874];

    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    /// <summary>Whether an exception is the store's and not that of the code that uses it.</summary>
    public static bool IsFault(Exception exception) => exception is SqliteException or IOException or UnauthorizedAccessException || IsMissingLibrary(exception);

    /// <summary>Whether the same may succeed a moment later.</summary>
    public static bool IsPassing(SqliteException exception) => exception.SqliteErrorCode is Busy or Locked;

    /// <summary>The exception in the words of the package.</summary>
    public static OptimizerStoreException Explain(Exception exception, string path, TimeSpan busyTimeout)
    {
        if (IsMissingLibrary(exception))
        {
            return new OptimizerStoreException(
                StoreFailure.NoLibrary,
                "The native SQLite library is missing: add the package SQLitePCLRaw.bundle_e_sqlite3 to the host (a trimmed host calls SQLitePCL.Batteries_V2.Init() first).",
                exception);
        }

        int? code = exception is not SqliteException sqlite ? null : Refused.Contains(sqlite.SqliteExtendedErrorCode) ? Full : sqlite.SqliteErrorCode;
        (StoreFailure failure, string sentence) = code switch
        {
            Full => (StoreFailure.Full, $"The disk is full, or a quota is used up: nothing was written to the database '{path}'. What is stored can still be read; free some space."),
            ReadOnly => (StoreFailure.ReadOnly, $"The database '{path}' cannot be written: the file or its folder is read-only. What is stored can still be read."),
            Damaged => (
                StoreFailure.Damaged,
                $"The database '{path}' is damaged. Put a copy of it back, or move it away and start again: servers are then taken in anew, and approvals have to be given again."),
            NotADatabase => (StoreFailure.Unusable, $"'{path}' is not a SQLite database. Nothing was changed; name another file (Store.DatabasePath)."),
            Busy or Locked => (StoreFailure.Busy, $"The database '{path}' was held by another process for more than {busyTimeout.TotalSeconds:0.#} s (Store:BusyTimeout)."),
            Constraint => (StoreFailure.Conflict, $"Another writer of the database '{path}' was faster: {exception.Message}"),
            CannotOpen => (StoreFailure.Unusable, $"The database '{path}' cannot be opened: {exception.Message}"),
            _ => (StoreFailure.Unusable, $"The database '{path}' cannot be used: {exception.Message}"),
        };
        return new OptimizerStoreException(failure, sentence, exception);
    }

    // Without a bundle the binding says so with a bare Exception, or the loader does with one of its own.
    private static bool IsMissingLibrary(Exception exception) =>
        exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException || exception.GetType() == typeof(Exception);
}
