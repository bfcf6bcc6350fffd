namespace Coder.Client.Clients.Wire;

/// <summary>Limits for tokens.</summary>
public sealed record TokenConfig
{
    /// <summary>Longest life in nanoseconds.</summary>
    public long MaxTokenLifetime { get; init; }
}
