namespace McpOptimizer.Server.Api.Usage;

/// <summary>Counts of one tool; the log's lock guards them.</summary>
internal sealed class ToolCounts
{
    public long Found { get; set; }

    public long Called { get; set; }

    public long Failed { get; set; }

    public DateTimeOffset? LastCalledAt { get; set; }
}
