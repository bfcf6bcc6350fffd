using System.ComponentModel.DataAnnotations;

namespace McpOptimizer.Core.Models.Settings;

/// <summary>What <c>find_tool</c> says about its own answer.</summary>
public sealed class DisclosureSettings
{
    /// <summary>Confidence below which the answer says that nothing clearly fits, and offers installable servers.</summary>
    /// <value>0.2; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double NothingFitsBelow { get; set; } = 0.2;

    /// <summary>
    /// Most tokens of one definition in the answers of <c>find_tool</c>; <c>describe_tool</c> shares out eight times as many among the tools asked for.
    /// What is larger is
    /// shortened, and <c>describe_tool</c> with an offset reads the whole.
    /// </summary>
    /// <value>1,500; 100 to 1,000,000.</value>
    [Range(100, 1_000_000)]
    public int MaxDefinitionTokens { get; set; } = 1_500;

    /// <summary>
    /// Whether tools with the very same definition on several servers have one place in the answer of <c>find_tool</c>, with the other servers' names in
    /// <c>also_on</c>.
    /// </summary>
    /// <value>True.</value>
    public bool CollapseDuplicates { get; set; } = true;

    /// <summary>Whether MCP clients are offered <c>explain_tool</c>: why a hit is there, and why a tool is not. Within what the caller may see.</summary>
    /// <value>False.</value>
    public bool OfferExplanations { get; set; }
}
