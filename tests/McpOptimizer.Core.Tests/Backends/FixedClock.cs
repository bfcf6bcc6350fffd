namespace McpOptimizer.Core.Tests.Backends;

/// <summary>Dates stand still until moved; timers and timestamps run as they do, so that real input and output still has its time limits.</summary>
internal sealed class FixedClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
