namespace McpOptimizer.Core.Models.Disclosure;

/// <summary>A need, and how much the answer may cost.</summary>
public sealed record FindRequest
{
    /// <summary>What to look for. Its scope is set by the service, from the caller.</summary>
    public required ToolQuery Query { get; init; }

    /// <summary>How much to show of each tool; null for full definitions, or, with <see cref="TokenBudget"/>, for whatever fits.</summary>
    public ToolDetail? Detail { get; init; }

    /// <summary>Most tokens the answer may cost, as estimated by the token counter; null for no limit.</summary>
    public int? TokenBudget { get; init; }

    /// <summary>Whether past use may change the order, and a call of a hit may teach, where <c>Learning:Enabled</c> turns that on.</summary>
    /// <value>True.</value>
    public bool Learn { get; init; } = true;
}
