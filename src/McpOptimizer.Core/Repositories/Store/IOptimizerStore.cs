namespace McpOptimizer.Core.Repositories.Store;

/// <summary>The tables as one unit: reads never wait, writes are one transaction each.</summary>
internal interface IOptimizerStore
{
    /// <summary>Creates or migrates the tables.</summary>
    /// <returns>Null; or why a sound store can only be read now.</returns>
    Task<string?> InitializeAsync(CancellationToken cancellationToken = default);

    /// <summary>Looks whether the store is still the one that was opened, and puts it back in place if not.</summary>
    /// <returns>Null; or what happened and what was done.</returns>
    Task<string?> VerifyAsync(CancellationToken cancellationToken = default);

    /// <summary>Examines the whole store for damage.</summary>
    /// <returns>Null; or what is wrong and the way out.</returns>
    Task<string?> ExamineAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads a consistent state.</summary>
    Task<T> ReadAsync<T>(Func<IStoreSession, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default);

    /// <summary>Writes all or nothing what ingestion found.</summary>
    /// <exception cref="OptimizerStoreException">Among others: another process takes servers in (<see cref="StoreFailure.Superseded"/>).</exception>
    Task WriteAsync(Func<IStoreSession, CancellationToken, Task> write, CancellationToken cancellationToken = default);

    /// <summary>Writes all or nothing what rests on nothing but what the session itself reads, as a decision does: every process may.</summary>
    Task DecideAsync(Func<IStoreSession, CancellationToken, Task> write, CancellationToken cancellationToken = default);
}
