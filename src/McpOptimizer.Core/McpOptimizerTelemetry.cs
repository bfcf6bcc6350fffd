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

    /// <summary>
    /// Histogram, seconds: the same duration under the name of OpenTelemetry's conventions for generative AI, with <c>gen_ai.tool.name</c>, <c>gen_ai.tool.type</c>
    /// and, for failures, <c>error.type</c>.
    /// </summary>
    public const string ExecuteToolDuration = "gen_ai.execute_tool.duration";

    /// <summary>Counter: searches, with <c>mcp_optimizer.outcome</c>: <c>found</c>, <c>doubtful</c> (nothing clearly fits) or <c>none</c>.</summary>
    public const string Finds = "mcp_optimizer.finds";

    /// <summary>
    /// Counter: hits that the session they were shown to called within 30 minutes, with <c>mcp_optimizer.rank</c>, the place from 1. A hit counts once a find.
    /// </summary>
    public const string HitsUsed = "mcp_optimizer.find.hits_used";

    /// <summary>Counter: results that were cut to fit.</summary>
    public const string ResultsCut = "mcp_optimizer.call.results_cut";

    /// <summary>Counter: tools and instructions that were quarantined, by server.</summary>
    public const string Quarantined = "mcp_optimizer.trust.quarantined";

    /// <summary>Counter: calls that are not in the audit file, because it could not be written for too long.</summary>
    public const string AuditLost = "mcp_optimizer.audit.lost";

    /// <summary>Span of a search for tools, with <c>mcp_optimizer.outcome</c> and <c>mcp_optimizer.hits</c>.</summary>
    public const string FindSpan = "mcp_optimizer.find";

    /// <summary>Gauge: 1 for what fails now, 0 for what works, with <c>mcp_optimizer.part</c>: <c>ingestion</c>, <c>store</c>, or the name of a source.</summary>
    public const string Failing = "mcp_optimizer.failing";
}
