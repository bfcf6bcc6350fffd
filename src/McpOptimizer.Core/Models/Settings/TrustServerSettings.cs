using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Models.Settings;

/// <summary>Rules for one server, or for those whose name fits a pattern.</summary>
public sealed class TrustServerSettings
{
    /// <summary>The policy; null for <see cref="TrustSettings.Policy"/>. In configuration <c>Trust:Servers:NAME = Off</c> says the same as <c>Trust:Servers:NAME:Policy = Off</c>.</summary>
    /// <value>Null.</value>
    public TrustPolicy? Policy { get; set; }

    /// <summary>Under <see cref="TrustPolicy.Pin"/>: what becomes of definitions that are added after the first complete listing.</summary>
    /// <value><see cref="TrustAdditions.Review"/>: somebody has to approve them.</value>
    public TrustAdditions Additions { get; set; }

    /// <summary>
    /// Whether results, error texts and questions of the server reach the model between two marks that it cannot guess, which say that what stands
    /// between them is data. A help for models that heed it, no boundary.
    /// </summary>
    /// <value>False.</value>
    public bool FenceResults { get; set; }
}
