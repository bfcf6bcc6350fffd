namespace McpOptimizer.Server.Api.Answers;

/// <summary>What somebody sees.</summary>
internal sealed record SeenAnswer
{
    /// <summary>Servers with a visible tool.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>Number of visible tools.</summary>
    public required int Tools { get; init; }

    /// <summary>Tokens of their definitions.</summary>
    public required long Tokens { get; init; }

    /// <summary>The first of them as server/name; of a profile only.</summary>
    public required IReadOnlyList<string> FirstTools { get; init; }
}
