namespace McpOptimizer.Core.Models;

/// <summary>
/// The one rule about who sees what; search, listing, token baseline and calls all ask it, so nothing can be called that cannot be found.
/// </summary>
public sealed class VisibilityScope
{
    /// <summary>Sees every running server.</summary>
    public static VisibilityScope Everything { get; } = new();

    /// <summary>Groups whose servers are visible; null for all. In a group that has a running virtual MCP server only the virtual ones are visible.</summary>
    public IReadOnlySet<string>? Groups { get; init; }

    /// <summary>Further rule on a server's name; null for none.</summary>
    public Func<string, bool>? AllowsServer { get; init; }

    /// <summary>Further rule on a tool: server name, then the tool's definition facts; null for none.</summary>
    public Func<string, IndexedTool, bool>? AllowsTool { get; init; }
}
