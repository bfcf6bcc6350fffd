namespace McpOptimizer.Core.Models.Calls;

/// <summary>MCP methods by which a server asks something of its client.</summary>
public static class CallerMethods
{
    /// <summary>Ask the person.</summary>
    public const string Elicit = "elicitation/create";

    /// <summary>Ask the caller's model.</summary>
    public const string Sample = "sampling/createMessage";
}
