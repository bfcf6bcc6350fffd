using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Everything that is to be written and published for one workload, worked out before any transaction.</summary>
internal sealed record WorkloadPlan
{
    public required WorkloadServer Server { get; init; }

    public IReadOnlyList<StoredTool> UpsertedTools { get; init; } = [];

    public IReadOnlyList<string> DeletedToolIds { get; init; } = [];

    /// <summary>The server for the index, when its tools or names changed; else null and only its state is published.</summary>
    public ServerDocument? Document { get; init; }

    public int Embedded { get; init; }

    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>False when the stored row says all of it already.</summary>
    public bool IsChange { get; init; } = true;
}
