namespace McpOptimizer.Core.Models.Disclosure;

/// <summary>What was found, cut to what the request may cost.</summary>
public sealed record FindResult
{
    /// <summary>Best first.</summary>
    public required IReadOnlyList<FoundTool> Tools { get; init; }

    /// <summary>Tokens of everything visible against tokens of what is shown.</summary>
    public required TokenMetrics Metrics { get; init; }

    /// <summary>How sure the ranking is that the first tool fits, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>True when nothing clearly fits: the tools are guesses.</summary>
    public bool NothingFits { get; init; }

    /// <summary>True when the need is in a language that the encoder does not know: it was searched by its words alone.</summary>
    public bool ByWordsAlone { get; init; }

    /// <summary>Hits that did not fit the budget at all.</summary>
    public int LeftOut { get; init; }

    /// <summary>Hits shown in short because of the budget.</summary>
    public int Shortened { get; init; }

    /// <summary>The server of a tool that seems to fit better than all that is shown, but awaits approval; null when there is none. Of the tool itself nothing is told.</summary>
    public string? WithheldBetter { get; init; }

    /// <summary>When nothing fits and installing is enabled: the best servers that could be installed.</summary>
    public IReadOnlyList<ToolHit> Installable { get => field ?? []; init; }

    /// <summary>True while servers are being taken in for the first time: that nothing fits may change within moments.</summary>
    public bool IsPending { get; init; }

    /// <summary>Names of the servers that are still starting, as far as the caller may see them.</summary>
    public IReadOnlyList<string> Starting { get => field ?? []; init; }
}
