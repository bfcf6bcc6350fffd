namespace McpOptimizer.Core.Repositories.Store;

/// <summary>The tables as one unit: reads never wait, writes are one transaction each.</summary>
internal interface IOptimizerStore
{
    /// <summary>Creates or migrates the tables.</summary>
    Task InitializeAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads a consistent state.</summary>
    Task<T> ReadAsync<T>(Func<IStoreSession, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default);

    /// <summary>Writes all or nothing.</summary>
    Task WriteAsync(Func<IStoreSession, CancellationToken, Task> write, CancellationToken cancellationToken = default);
}
