namespace McpOptimizer.Core.Models.Disclosure;

/// <summary>How much of a tool an answer shows.</summary>
public enum ToolDetail
{
    /// <summary>The whole definition, as the originals answer.</summary>
    Full = 0,

    /// <summary>Name, server, purpose in one line, and call signature: about 50 to 100 tokens.</summary>
    Compact,
}
