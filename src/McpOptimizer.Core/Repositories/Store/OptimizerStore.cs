using McpOptimizer.Core.Clients.Database;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>The tables of any <see cref="IDatabase"/> as one unit: reads never wait, writes are one transaction each.</summary>
internal sealed class OptimizerStore(IDatabase database, TimeProvider clock)
{
    /// <summary>Creates or migrates the tables.</summary>
    /// <returns>Null; or why a sound store can only be read now.</returns>
    public Task<string?> InitializeAsync(CancellationToken cancellationToken = default) => database.InitializeAsync(cancellationToken);

    /// <summary>Looks whether the store is still the one that was opened, and puts it back in place if not.</summary>
    /// <returns>Null; or what happened and what was done.</returns>
    public Task<string?> VerifyAsync(CancellationToken cancellationToken = default) => database.VerifyAsync(cancellationToken);

    /// <summary>Examines the whole store for damage.</summary>
    /// <returns>Null; or what is wrong and the way out.</returns>
    public Task<string?> ExamineAsync(CancellationToken cancellationToken = default) => database.ExamineAsync(cancellationToken);

    /// <summary>Reads a consistent state.</summary>
    public Task<T> ReadAsync<T>(Func<StoreSession, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default) =>
        database.ReadAsync((snapshot, token) => read(new StoreSession(snapshot, clock), token), cancellationToken);

    /// <summary>Writes all or nothing what ingestion found.</summary>
    /// <exception cref="OptimizerStoreException">Among others: another process takes servers in (<see cref="StoreFailure.Superseded"/>).</exception>
    public Task WriteAsync(Func<StoreSession, CancellationToken, Task> write, CancellationToken cancellationToken = default) =>
        database.WriteAsync((transaction, token) => write(new StoreSession(transaction, clock), token), StoreRight.Leader, cancellationToken);

    /// <summary>Writes all or nothing what rests on nothing but what the session itself reads, as a decision does: every process may.</summary>
    public Task DecideAsync(Func<StoreSession, CancellationToken, Task> write, CancellationToken cancellationToken = default) =>
        database.WriteAsync((transaction, token) => write(new StoreSession(transaction, clock), token), StoreRight.Anyone, cancellationToken);
}
