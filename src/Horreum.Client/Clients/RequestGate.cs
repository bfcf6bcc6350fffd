using Microsoft.Extensions.Options;

namespace Horreum.Client.Clients;

/// <summary>
/// Spaces calls so that no second sees more than the limit. Each caller takes the next free instant, so waiting is fair and needs no queue;
/// up to one second's worth may start at once after a pause.
/// </summary>
internal sealed class RequestGate(IOptions<HorreumClientOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _next = long.MinValue;

    public Task WaitAsync(CancellationToken cancellationToken) =>
        options.Value.RequestsPerSecond is { } limit ? WaitAsync(limit, cancellationToken) : Task.CompletedTask;

    private async Task WaitAsync(int limit, CancellationToken cancellationToken)
    {
        long interval = Math.Max(1, time.TimestampFrequency / limit);
        TimeSpan wait;
        lock (_lock)
        {
            long now = time.GetTimestamp();

            // Unused instants of the last second may be made up for, no older ones.
            long slot = Math.Max(_next, now - time.TimestampFrequency + interval);
            wait = slot <= now ? TimeSpan.Zero : time.GetElapsedTime(now, slot);
            if (wait > options.Value.MaxQueueTime)
            {
                throw new HorreumRateLimitException($"{limit} calls a second are allowed to Horreum, and this one would wait {wait.TotalSeconds:F1} s.")
                {
                    RetryAfter = wait - options.Value.MaxQueueTime + TimeSpan.FromSeconds(1),
                };
            }

            _next = slot + interval;
        }

        if (wait > TimeSpan.Zero)
        {
            HorreumInstruments.RateLimitWait.Record(wait.TotalMilliseconds);
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
