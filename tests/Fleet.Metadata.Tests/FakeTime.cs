namespace Fleet.Metadata.Tests;

/// <summary>A clock for what is remembered: it stands still until moved. Timers run by the real clock, so that deadlines still fire.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public void Advance(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
        }
    }
}
