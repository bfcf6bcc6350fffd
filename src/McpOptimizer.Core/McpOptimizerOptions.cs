using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core;

/// <summary>Settings of the optimizer, grouped by what they concern.</summary>
public sealed class McpOptimizerOptions
{
    /// <summary>Ranking.</summary>
    [ValidateObjectMembers]
    public SearchSettings Search { get; set; } = new();

    /// <summary>Connections to backend servers.</summary>
    [ValidateObjectMembers]
    public BackendSettings Backends { get; set; } = new();

    /// <summary>Polling, matching and deletion.</summary>
    [ValidateObjectMembers]
    public IngestionSettings Ingestion { get; set; } = new();

    /// <summary>The database.</summary>
    [ValidateObjectMembers]
    public StoreSettings Store { get; set; } = new();
}
