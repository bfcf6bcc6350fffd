namespace Common;

/// <summary>A look that is taken again and again.</summary>
internal static class Periodic
{
    /// <summary>Looks once an interval until it is stopped. A look that fails is told of, and the next one starts afresh: a loop that ended would miss everything later.</summary>
    /// <param name="interval">Time between two looks; the first one follows after it.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="look">The look.</param>
    /// <param name="failed">Is told what a look threw.</param>
    /// <param name="stopping">Ends the loop, quietly.</param>
    public static async Task RunAsync(TimeSpan interval, TimeProvider clock, Func<CancellationToken, Task> look, Action<Exception> failed, CancellationToken stopping)
    {
        using PeriodicTimer timer = new(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
            {
                await TryAsync(look, failed, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    /// <summary>One look whose fault is told of and goes no further, unless it was cancelled.</summary>
    public static async Task TryAsync(Func<CancellationToken, Task> look, Action<Exception> failed, CancellationToken cancellationToken)
    {
        try
        {
            await look(cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, the next look may do better.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            failed(e);
        }
    }
}
