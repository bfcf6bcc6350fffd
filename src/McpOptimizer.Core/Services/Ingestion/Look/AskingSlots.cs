namespace McpOptimizer.Core.Services.Ingestion.Look;

/// <summary>
/// So many servers are asked at a time, so that a start is no stampede. A server that has not answered within a moment gives its place back and is waited
/// for without one: servers that hang hold nobody back, whatever their number.
/// </summary>
internal sealed class AskingSlots(int places, TimeSpan patience, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _free = new(places);

    /// <summary>Queues for a place. Who queues first gets one first.</summary>
    public Task EnterAsync(CancellationToken cancellationToken = default) => _free.WaitAsync(cancellationToken);

    /// <summary>Asks on the place that was queued for.</summary>
    /// <param name="place">The place.</param>
    /// <param name="prepare">What comes first and is no waiting for the server: the place is kept for all of it.</param>
    /// <param name="ask">The question.</param>
    public async Task<T> RunAsync<T>(Task place, Func<Task> prepare, Func<Task<T>> ask)
    {
        await place.ConfigureAwait(false);
        int isGiven = 0;
        ITimer? timer = null;
        try
        {
            await prepare().ConfigureAwait(false);
            timer = clock.CreateTimer(_ => GiveBack(), null, patience, Timeout.InfiniteTimeSpan);
            return await ask().ConfigureAwait(false);
        }
        finally
        {
            if (timer is not null)
            {
                await timer.DisposeAsync().ConfigureAwait(false);
            }

            GiveBack();
        }

        void GiveBack()
        {
            if (Interlocked.Exchange(ref isGiven, 1) == 0)
            {
                _free.Release();
            }
        }
    }

    public void Dispose() => _free.Dispose();
}
