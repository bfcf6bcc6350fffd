using System.Collections.Concurrent;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Repositories.Backends;

namespace McpOptimizer.Core.Tests.Backends;

/// <summary>Collects what backends tell of, from its creation on.</summary>
internal sealed class ChangeLog : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    public ChangeLog(IBackendRepository backends) => _reading = ReadAsync(backends);

    public ConcurrentQueue<BackendChange> Changes { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private async Task ReadAsync(IBackendRepository backends)
    {
        try
        {
            await foreach (BackendChange change in backends.WatchAsync(_stop.Token))
            {
                Changes.Enqueue(change);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
