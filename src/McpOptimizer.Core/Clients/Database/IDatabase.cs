using System.Data.Common;

namespace McpOptimizer.Core.Clients.Database;

/// <summary>
/// One database: many readers, one writer. Everything above speaks portable SQL on <see cref="DbConnection"/>;
/// only opening, migrating and telling others of a change belong to an implementation. Whatever goes wrong is an <see cref="OptimizerStoreException"/>.
/// </summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>Creates or migrates the schema. Safe to repeat.</summary>
    /// <returns>Null; or, for a sound database that can only be read now, a sentence that says why.</returns>
    /// <exception cref="OptimizerStoreException">It is not a database, is damaged, is from a newer version, or cannot be opened.</exception>
    Task<string?> InitializeAsync(CancellationToken cancellationToken = default);

    /// <summary>Runs reads that all see the same commit; writers never block them.</summary>
    Task<T> ReadAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default);

    /// <summary>Runs a write in one transaction that is committed when <paramref name="write"/> returns and rolled back when it throws. One at a time.</summary>
    /// <param name="write">What to write.</param>
    /// <param name="right">Who may; a database that one process has for itself does not ask.</param>
    /// <param name="cancellationToken">Stops it; nothing is written then.</param>
    Task WriteAsync(Func<DbTransaction, CancellationToken, Task> write, StoreRight right = StoreRight.Leader, CancellationToken cancellationToken = default);

    /// <summary>Looks whether the database is still the one that was opened; where it was deleted or replaced meanwhile, puts what was open back in its place.</summary>
    /// <returns>Null when it is; else a sentence that says what happened and what was done.</returns>
    Task<string?> VerifyAsync(CancellationToken cancellationToken = default);

    /// <summary>Examines the whole database for damage.</summary>
    /// <returns>Null when it is sound; else a sentence with the way out.</returns>
    Task<string?> ExamineAsync(CancellationToken cancellationToken = default);
}
