namespace McpOptimizer.Server.Api.Answers;

/// <summary>A page of the catalogue.</summary>
internal sealed record ToolsAnswer
{
    /// <summary>How many tools the request means, on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>Tokens of all of them.</summary>
    public required long Tokens { get; init; }

    /// <summary>Where the next page begins; absent on the last.</summary>
    public int? Next { get; init; }

    /// <summary>By server and name, without definitions.</summary>
    public required IReadOnlyList<ToolAnswer> Tools { get; init; }

    /// <summary>What is withheld; administrators only.</summary>
    public IReadOnlyList<WithheldAnswer>? Withheld { get; init; }
}
