using System.Net.Sockets;
using Npgsql;

namespace McpOptimizer.PostgreSql.Clients;

/// <summary>Puts what PostgreSQL and the way to it report into one sentence: what is wrong, with which database, and the way out.</summary>
internal static class PostgreSqlFaults
{
    private const string IdleInTransaction = "25P03";

    /// <summary>Whether an exception is the database's and not that of the code that uses it.</summary>
    public static bool IsFault(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OptimizerStoreException => false,
        NpgsqlException or IOException or SocketException or TimeoutException => true,

        // Npgsql gives up by itself with these when the connection is gone.
        ObjectDisposedException or OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    /// <summary>Whether the connection broke, or could not be had: the same may succeed on another one.</summary>
    public static bool IsBroken(Exception exception) => exception switch
    {
        PostgresException e => e.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or IdleInTransaction or PostgresErrorCodes.InvalidSqlStatementName
            || e.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException or IOException or SocketException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>The exception in the words of the package.</summary>
    public static OptimizerStoreException Explain(Exception exception, string shown)
    {
        (StoreFailure failure, string sentence) = exception is PostgresException e ? OfServer(e, shown) : (
            StoreFailure.Unreachable,
            $"PostgreSQL at {shown} cannot be reached{(Innermost(exception) is TimeoutException ? " in time" : "")}: {Reason(exception)}. What is in memory is served on.");
        return new OptimizerStoreException(failure, sentence, exception);
    }

    private static (StoreFailure Failure, string Sentence) OfServer(PostgresException e, string shown) => e.SqlState switch
    {
        PostgresErrorCodes.DiskFull => (StoreFailure.Full, $"The disk of PostgreSQL at {shown} is full: nothing was written. What is stored can still be read; free some space there."),
        PostgresErrorCodes.TooManyConnections => (StoreFailure.Unreachable, $"PostgreSQL at {shown} has no connection left: {e.MessageText}. Raise max_connections there, or lower Maximum Pool Size here."),
        PostgresErrorCodes.ReadOnlySqlTransaction => (StoreFailure.ReadOnly, $"PostgreSQL at {shown} takes no writes: it is a standby, or set to read only. What is stored can still be read."),
        PostgresErrorCodes.LockNotAvailable => (StoreFailure.Busy, $"Another writer of PostgreSQL at {shown} held the store for longer than the settings allow to wait (Store:BusyTimeout)."),
        PostgresErrorCodes.QueryCanceled => (StoreFailure.Unreachable, $"PostgreSQL at {shown} was too slow: {e.MessageText}."),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (StoreFailure.Unusable, $"PostgreSQL at {shown} does not let this user in: {e.MessageText}."),
        PostgresErrorCodes.InvalidCatalogName => (StoreFailure.Unusable, $"There is no such database in PostgreSQL: {e.MessageText}. Create it with: createdb NAME"),
        PostgresErrorCodes.InsufficientPrivilege => (
            StoreFailure.Unusable, $"This user may not do that in PostgreSQL at {shown}: {e.MessageText}. It needs to own its schema, or: GRANT CREATE, USAGE ON SCHEMA public TO user"),
        PostgresErrorCodes.InvalidSchemaName => (StoreFailure.Unusable, $"PostgreSQL at {shown} has no schema to make tables in: {e.MessageText}. Create one, or name another search path."),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => (StoreFailure.Damaged, $"The database of PostgreSQL at {shown} is damaged: {e.MessageText}. Put a backup back."),
        { } state when state.StartsWith("23", StringComparison.Ordinal) || state.StartsWith("40", StringComparison.Ordinal) => (
            StoreFailure.Conflict, $"Another writer of PostgreSQL at {shown} was faster: {e.MessageText}"),
        { } state when state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
            || state == IdleInTransaction => (StoreFailure.Unreachable, $"PostgreSQL at {shown} ended the connection: {e.MessageText}. What is in memory is served on."),
        _ => (StoreFailure.Unusable, $"PostgreSQL at {shown} cannot be used: {e.MessageText} ({e.SqlState})"),
    };

    private static string Reason(Exception exception) => Innermost(exception).Message.TrimEnd('.');

    private static Exception Innermost(Exception exception) => exception.InnerException is null ? exception : Innermost(exception.InnerException);
}
