namespace McpOptimizer.Core.Models.Trust;

/// <summary>What is watched.</summary>
public enum TrustKind
{
    /// <summary>The definition of a tool.</summary>
    Tool,

    /// <summary>What a server says about its use. While it awaits approval, the whole server is withheld.</summary>
    Instructions,

    /// <summary>Which program or address stands behind a server's name. While a change of it awaits approval, the whole server is withheld.</summary>
    Endpoint,

    /// <summary>The definition of a prompt.</summary>
    Prompt,

    /// <summary>The definition of a resource or resource template, by its address.</summary>
    Resource,
}
