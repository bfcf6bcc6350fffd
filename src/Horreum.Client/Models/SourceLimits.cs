namespace Horreum.Client.Models;

/// <summary>Where the limits of a source are.</summary>
public sealed record SourceLimits
{
    /// <summary>Largest page.</summary>
    public int MaxPageSize { get; init; }

    /// <summary>Largest content that is answered, in bytes.</summary>
    public long MaxDatasetSize { get; init; }

    /// <summary>Calls to Horreum in a minute; left out when not limited.</summary>
    public int? RateLimitPerMinute { get; init; }

    /// <summary>Calls to Horreum in a second; left out when not limited.</summary>
    public int? RateLimitPerSecond { get; init; }

    /// <summary>Longest wait for Horreum, in milliseconds.</summary>
    public long RequestTimeoutMs { get; init; }
}
