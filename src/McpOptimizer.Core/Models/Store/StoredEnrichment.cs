namespace McpOptimizer.Core.Models.Store;

/// <summary>What a model said of a definition, once for all servers that list it: a row of <c>tool_enrichments</c>.</summary>
internal sealed record StoredEnrichment
{
    /// <summary>Of the definition that was sent.</summary>
    public required string DefinitionHash { get; init; }

    /// <summary>Which model was asked.</summary>
    public required string Model { get; init; }

    /// <summary>In which words it was asked.</summary>
    public required int PromptVersion { get; init; }

    /// <summary>What became of it.</summary>
    public required EnrichmentState State { get; init; }

    /// <summary>What the tool is for; empty without an answer.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>Requests that the tool answers; none without an answer.</summary>
    public IReadOnlyList<string> Requests { get; init; } = [];

    /// <summary>Why there is no answer; null with one.</summary>
    public string? Reason { get; init; }

    /// <summary>When the last call was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many calls were made for it.</summary>
    public required int Calls { get; init; }

    /// <summary>Tokens of all of them.</summary>
    public required long Tokens { get; init; }
}
