namespace Coder.Client.Clients.Wire;

/// <summary>Build times of one transition.</summary>
public sealed record BuildTime
{
    /// <summary>Median in milliseconds.</summary>
    public long? P50 { get; init; }

    /// <summary>95th percentile in milliseconds.</summary>
    public long? P95 { get; init; }
}
