using System.ComponentModel.DataAnnotations;

namespace McpOptimizer.Core.Models.Settings;

/// <summary>What <c>find_tool</c> says about its own answer.</summary>
public sealed class DisclosureSettings
{
    /// <summary>Confidence below which the answer says that nothing clearly fits, and offers installable servers.</summary>
    /// <value>0.2; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double NothingFitsBelow { get; set; } = 0.2;
}
