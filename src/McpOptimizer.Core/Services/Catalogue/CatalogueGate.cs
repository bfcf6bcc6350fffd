namespace McpOptimizer.Core.Services.Catalogue;

/// <summary>
/// Lets one ingestion at a time read rows, decide and write, so that registry and workload ingestion never decide on each other's stale rows.
/// Asking backends happens outside.
/// </summary>
internal sealed class CatalogueGate : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(1, 1);

    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken = default)
    {
        await _semaphore.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Exit(_semaphore);
    }

    public void Dispose() => _semaphore.Dispose();

    private sealed class Exit(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
