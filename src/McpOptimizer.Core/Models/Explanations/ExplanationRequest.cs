namespace McpOptimizer.Core.Models.Explanations;

/// <summary>A need whose answer is to be explained.</summary>
public sealed record ExplanationRequest
{
    /// <summary>What was, or would be, asked. Its scope is set by the service, from the caller.</summary>
    public required ToolQuery Query { get; init; }

    /// <summary>A tool whose place is in question, as <c>server/name</c>, or its name where that is unambiguous; null to explain the hits alone.</summary>
    public string? Tool { get; init; }

    /// <summary>Whether the answer may speak of what the caller may not see: for operators only. Otherwise a hidden tool reads like one that does not exist.</summary>
    /// <value>False.</value>
    public bool RevealHidden { get; init; }
}
