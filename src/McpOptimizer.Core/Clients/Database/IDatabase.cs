using System.Data.Common;

namespace McpOptimizer.Core.Clients.Database;

/// <summary>
/// One database: many readers, one writer. Everything above speaks portable SQL on <see cref="DbConnection"/>;
/// only opening, migrating and pragmas belong to an implementation.
/// </summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>Creates or migrates the schema. Safe to repeat.</summary>
    /// <exception cref="OptimizerStoreException">The file is not a database, is from a newer version, or cannot be opened.</exception>
    Task InitializeAsync(CancellationToken cancellationToken = default);

    /// <summary>Runs reads that all see the same commit; writers never block them.</summary>
    Task<T> ReadAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default);

    /// <summary>Runs a write in one transaction that is committed when <paramref name="write"/> returns and rolled back when it throws. One at a time.</summary>
    Task WriteAsync(Func<DbTransaction, CancellationToken, Task> write, CancellationToken cancellationToken = default);
}
