using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Services.Enrichment;

/// <summary>What may still be spent. What was spent before this process started is told to it.</summary>
internal sealed class EnrichmentBudget(EnrichmentSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset> _lastMinute = [];
    private long _calls;
    private long _tokens;

    /// <summary>The start of the day that counts.</summary>
    public DateTimeOffset DayStart => clock.GetUtcNow() - Day;

    /// <summary>Takes over what the store says of the last day.</summary>
    public void Set(long calls, long tokens)
    {
        lock (_gate)
        {
            (_calls, _tokens) = (calls, tokens);
        }
    }

    /// <summary>Takes one call.</summary>
    /// <returns>Zero when it may be made now; how long to wait; null when the day's bounds are reached.</returns>
    public TimeSpan? Take()
    {
        lock (_gate)
        {
            if (_calls >= settings.MaxCallsPerDay || _tokens >= settings.MaxTokensPerDay)
            {
                return null;
            }

            DateTimeOffset now = clock.GetUtcNow();
            while (_lastMinute.TryPeek(out DateTimeOffset oldest) && now - oldest >= Minute)
            {
                _lastMinute.Dequeue();
            }

            if (_lastMinute.Count >= settings.MaxCallsPerMinute)
            {
                return Minute - (now - _lastMinute.Peek());
            }

            _lastMinute.Enqueue(now);
            _calls++;
            return TimeSpan.Zero;
        }
    }

    /// <summary>Adds what a call took.</summary>
    public void Spend(long tokens)
    {
        lock (_gate)
        {
            _tokens += tokens;
        }
    }
}
