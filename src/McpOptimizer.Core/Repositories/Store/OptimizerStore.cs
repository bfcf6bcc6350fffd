using McpOptimizer.Core.Clients.Database;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary><see cref="IOptimizerStore"/> over any <see cref="IDatabase"/>.</summary>
internal sealed class OptimizerStore(IDatabase database, TimeProvider clock) : IOptimizerStore
{
    public Task<string?> InitializeAsync(CancellationToken cancellationToken = default) => database.InitializeAsync(cancellationToken);

    public Task<string?> VerifyAsync(CancellationToken cancellationToken = default) => database.VerifyAsync(cancellationToken);

    public Task<string?> ExamineAsync(CancellationToken cancellationToken = default) => database.ExamineAsync(cancellationToken);

    public Task<T> ReadAsync<T>(Func<IStoreSession, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default) =>
        database.ReadAsync((snapshot, token) => read(new StoreSession(snapshot, clock), token), cancellationToken);

    public Task WriteAsync(Func<IStoreSession, CancellationToken, Task> write, CancellationToken cancellationToken = default) =>
        database.WriteAsync((transaction, token) => write(new StoreSession(transaction, clock), token), StoreRight.Leader, cancellationToken);

    public Task DecideAsync(Func<IStoreSession, CancellationToken, Task> write, CancellationToken cancellationToken = default) =>
        database.WriteAsync((transaction, token) => write(new StoreSession(transaction, clock), token), StoreRight.Anyone, cancellationToken);
}
