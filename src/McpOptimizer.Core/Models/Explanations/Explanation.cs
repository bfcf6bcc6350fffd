namespace McpOptimizer.Core.Models.Explanations;

/// <summary>Why an answer is what it is.</summary>
public sealed record Explanation
{
    /// <summary>The hits, best first, each with its <see cref="ToolHit.Explanation"/>.</summary>
    public required IReadOnlyList<ToolHit> Hits { get; init; }

    /// <summary>How sure the ranking is that the first hit fits, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>How many tools were looked at closely: the best by words and the best by meaning.</summary>
    public required int Candidates { get; init; }

    /// <summary>Why the generator that the host registered had no part in it; null when it had, or there is none.</summary>
    public string? EncoderFault { get; init; }

    /// <summary>The place of the tool in question; null when none was named.</summary>
    public ToolPlacement? Tool { get; init; }
}
