namespace McpOptimizer.Core.Tests.Embeddings;

/// <summary>A clock that tests move; timers of the real one, so that timeouts still work.</summary>
internal sealed class SettableTimeProvider : TimeProvider
{
    private long _offset;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _offset);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offset, (long)(by.TotalSeconds * TimestampFrequency));
}
