namespace Horreum.Client.Tests;

/// <summary>A clock that says what it is told; timers run on real time.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
