namespace McpOptimizer.Core.Repositories.Store;

/// <summary>What several processes on one store know of each other: who takes servers in, and what the others changed.</summary>
internal interface IStoreReplicas
{
    /// <summary>The name of this process among the others; null when the store is not shared.</summary>
    string? Name { get; }

    /// <summary>The name of the process that takes servers in, as far as is known; null when nobody does.</summary>
    string? Leader { get; }

    /// <summary>Whether this process takes servers in. Asked for the first time, it applies for it.</summary>
    ValueTask<bool> IsLeaderAsync(CancellationToken cancellationToken = default);

    /// <summary>Where the changes stand now.</summary>
    Task<StorePosition> ReadPositionAsync(CancellationToken cancellationToken = default);

    /// <summary>What other processes changed after a position.</summary>
    Task<StoreChanges> ReadChangesAsync(StorePosition after, CancellationToken cancellationToken = default);

    /// <summary>Returns when something may have changed, or it is time to look whether a notification was lost.</summary>
    Task WaitAsync(CancellationToken cancellationToken = default);

    /// <summary>Raised with the key of what another process laid down, when its notice arrives; notices may be lost.</summary>
    event Action<string>? Shared;

    /// <summary>Asks the process that takes servers in for a look at one server, or at all.</summary>
    Task AskForLookAsync(string? serverName, CancellationToken cancellationToken = default);

    /// <summary>Lays something down for a while where every process finds it, and tells the others so. The oldest make room.</summary>
    Task ShareAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, CancellationToken cancellationToken = default);

    /// <summary>What was laid down under a key by whichever process; null when there is nothing (any more).</summary>
    Task<byte[]?> FindSharedAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Takes the requests that others made of this process; null in it stands for all servers.</summary>
    IReadOnlyList<string?> TakeRequests();
}
