namespace McpOptimizer.Core.Models.Disclosure;

/// <summary>One search for tools, as it was answered. What was asked for is not kept: it may be private.</summary>
public sealed record FindAuditRecord
{
    /// <summary>When it was answered.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who asked; null when not known.</summary>
    public string? Caller { get; init; }

    /// <summary>The profile that was addressed; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>The caller's session; null for none.</summary>
    public string? SessionId { get; init; }

    /// <summary>The tools that were shown, best first.</summary>
    public required IReadOnlyList<IndexedTool> Tools { get; init; }

    /// <summary>Tokens of everything visible against tokens of what was shown.</summary>
    public required TokenMetrics Metrics { get; init; }

    /// <summary>True when nothing clearly fitted: the tools are guesses.</summary>
    public bool NothingFits { get; init; }
}
