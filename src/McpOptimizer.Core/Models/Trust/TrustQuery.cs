namespace McpOptimizer.Core.Models.Trust;

/// <summary>Which entries are wanted.</summary>
public sealed record TrustQuery
{
    /// <summary>Only this state; null for all.</summary>
    public TrustState? State { get; init; }

    /// <summary>Only this server, by its exact name; null for all.</summary>
    public string? ServerName { get; init; }
}
