using System.Threading.RateLimiting;

namespace McpOptimizer.Core.Models;

/// <summary>Limits on searches, calls, readings of resources and renderings of prompts of everyone who shares them.</summary>
public sealed class CallLimits
{
    private const int SegmentsPerMinute = 12;

    // Whoever waits holds memory: beyond so many the caller is told to come back.
    private const int MostWaiting = 1_000;

    private readonly SlidingWindowRateLimiter? _rate;
    private readonly ConcurrencyLimiter? _concurrency;

    /// <summary>Limits; null for none.</summary>
    /// <param name="callsPerMinute">Most calls in any minute, at least 1. What exceeds it is refused.</param>
    /// <param name="maxConcurrentCalls">Most calls at the same time, at least 1. What exceeds it waits.</param>
    public CallLimits(int? callsPerMinute, int? maxConcurrentCalls)
    {
        CallsPerMinute = callsPerMinute;
        MaxConcurrentCalls = maxConcurrentCalls;
        _rate = callsPerMinute is not { } rate ? null : new SlidingWindowRateLimiter(new SlidingWindowRateLimiterOptions
        {
            PermitLimit = rate,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = SegmentsPerMinute,
            QueueLimit = 0,
        });
        _concurrency = maxConcurrentCalls is not { } most ? null : new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = most,
            QueueLimit = MostWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Most calls in any minute; null for no limit.</summary>
    public int? CallsPerMinute { get; }

    /// <summary>Most calls at the same time; null for no limit.</summary>
    public int? MaxConcurrentCalls { get; }

    /// <summary>Waits for a place.</summary>
    /// <returns>The place, to be given back by disposing it; or why there is none.</returns>
    internal async Task<(IDisposable? Place, string? Refusal)> EnterAsync(CancellationToken cancellationToken = default)
    {
        // A place in the minute is used up, not given back.
        using RateLimitLease? rate = _rate?.AttemptAcquire();
        if (rate is { IsAcquired: false })
        {
            string wait = rate.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? $" in {Math.Max(1, Math.Ceiling(after.TotalSeconds)):0} s" : " later";
            return (null, $"The limit of {CallsPerMinute} calls a minute is reached; try again{wait}.");
        }

        if (_concurrency is null)
        {
            return (null, null);
        }

        RateLimitLease place = await _concurrency.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        if (place.IsAcquired)
        {
            return (place, null);
        }

        place.Dispose();
        return (null, $"{MaxConcurrentCalls} calls at the same time are allowed, and {MostWaiting} wait already; try again later.");
    }
}
