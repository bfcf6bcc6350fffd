namespace McpOptimizer.Core.Models;

/// <summary>Answer to a <see cref="ToolQuery"/>.</summary>
public sealed record ToolSearchResult
{
    /// <summary>Best first; ties broken by server name, then tool name.</summary>
    public required IReadOnlyList<ToolHit> Hits { get; init; }

    /// <summary>Tokens of everything visible against tokens of what was returned.</summary>
    public required TokenMetrics Metrics { get; init; }

    /// <summary>How sure the ranking is that any of the hits fits, 0 to 1, calibrated on the evaluation sets.</summary>
    public double Confidence { get; init; }

    /// <summary>Whether the need is in a language that the encoder does not know, so that only its words were searched.</summary>
    public bool ByWordsAlone { get; init; }

    /// <summary>Why the generator that the host registered had no part in this search, so that the built-in vectors alone stood for meaning; null when it had, or there is none.</summary>
    public string? EncoderFault { get; init; }

    /// <summary>What <see cref="Confidence"/> was worked out from.</summary>
    internal ConfidenceEvidence Evidence { get; init; }

    /// <summary>The request's vector, of two spaces the built-in one; empty when it was searched by words alone.</summary>
    internal ReadOnlyMemory<float> Vector { get; init; }
}
