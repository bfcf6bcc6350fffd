namespace McpOptimizer.Core.Repositories.Store;

/// <summary>A store that is not shared, or shared by processes that each take their own servers in, as SQLite files are.</summary>
internal sealed class OnlyProcess : IStoreReplicas
{
    private static readonly StorePosition Start = new("", 0);

    public event Action<string>? Shared
    {
        add { }
        remove { }
    }

    public string? Name => null;

    public string? Leader => null;

    public ValueTask<bool> IsLeaderAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

    public Task<StorePosition> ReadPositionAsync(CancellationToken cancellationToken = default) => Task.FromResult(Start);

    public Task<StoreChanges> ReadChangesAsync(StorePosition after, CancellationToken cancellationToken = default) => Task.FromResult(new StoreChanges(after));

    public Task WaitAsync(CancellationToken cancellationToken = default) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    public Task AskForLookAsync(string? serverName, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task ShareAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<byte[]?> FindSharedAsync(string key, CancellationToken cancellationToken = default) => Task.FromResult<byte[]?>(null);

    public IReadOnlyList<string?> TakeRequests() => [];
}
