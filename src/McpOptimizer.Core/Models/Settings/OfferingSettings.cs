namespace McpOptimizer.Core.Models.Settings;

/// <summary>Whether resources and prompts of backends are offered. Their tools are listed only for callers who can see at least one.</summary>
public sealed class OfferingSettings
{
    /// <summary>Whether resources are taken in, and <c>find_resource</c> and <c>read_resource</c> offered.</summary>
    /// <value>True.</value>
    public bool Resources { get; set; } = true;

    /// <summary>Whether prompts are taken in, and <c>find_prompt</c> and <c>get_prompt</c> offered.</summary>
    /// <value>True.</value>
    public bool Prompts { get; set; } = true;
}
