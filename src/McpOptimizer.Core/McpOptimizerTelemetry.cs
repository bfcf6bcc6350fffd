namespace McpOptimizer.Core;

/// <summary>Names under which the package reports traces and metrics, for hosts that collect them.</summary>
public static class McpOptimizerTelemetry
{
    /// <summary>Name of the <see cref="System.Diagnostics.ActivitySource"/> and of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string SourceName = "McpOptimizer.Core";

    /// <summary>Histogram, seconds: how long calls took, with server, tool and outcome.</summary>
    public const string CallDuration = "mcp_optimizer.call.duration";

    /// <summary>Histogram, bytes: how large the backends' results were.</summary>
    public const string ResultSize = "mcp_optimizer.call.result.size";

    /// <summary>Counter: results that were cut to fit.</summary>
    public const string ResultsCut = "mcp_optimizer.call.results_cut";

    /// <summary>Counter: tools and instructions that were quarantined, by server.</summary>
    public const string Quarantined = "mcp_optimizer.trust.quarantined";
}
