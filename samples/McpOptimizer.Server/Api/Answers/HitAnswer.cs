namespace McpOptimizer.Server.Api.Answers;

/// <summary>One hit of a search.</summary>
internal sealed record HitAnswer
{
    /// <summary>The server.</summary>
    public required string Server { get; init; }

    /// <summary>The tool's own name.</summary>
    public required string Name { get; init; }

    /// <summary>Higher is better, comparable within one answer only.</summary>
    public required double Score { get; init; }

    /// <summary>The first sentence of its description; empty when it has none.</summary>
    public required string Purpose { get; init; }

    /// <summary>How it is called, in short.</summary>
    public required string Signature { get; init; }

    /// <summary>full or compact: how much of it the answer shows.</summary>
    public required string Detail { get; init; }

    /// <summary>Tokens of its definition.</summary>
    public required int Tokens { get; init; }

    /// <summary>Whether it says that it changes nothing.</summary>
    public required bool ReadOnly { get; init; }

    /// <summary>Why it is here.</summary>
    public ExplanationPart? Explanation { get; init; }
}
