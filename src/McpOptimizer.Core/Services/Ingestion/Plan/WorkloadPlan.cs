using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Services.Trust;

namespace McpOptimizer.Core.Services.Ingestion.Plan;

/// <summary>Everything that is to be written and published for one workload, worked out before any transaction.</summary>
internal sealed record WorkloadPlan
{
    public required WorkloadServer Server { get; init; }

    public IReadOnlyList<StoredTool> UpsertedTools { get; init; } = [];

    public IReadOnlyList<string> DeletedToolIds { get; init; } = [];

    /// <summary>All its tools, for the index and for trust; null when they did not change, and then only the server's state is published.</summary>
    public TrustInput? Trust { get; init; }

    /// <summary>The server for the index; set when the plan is written, which is when it is known what is withheld.</summary>
    public ServerDocument? Document { get; init; }

    /// <summary>What of it is withheld; set with the document.</summary>
    public TrustVerdict? Verdict { get; init; }

    public int Embedded { get; init; }

    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>False when the stored row says all of it already.</summary>
    public bool IsChange { get; init; } = true;

    /// <summary>What is to be said of it once it is written.</summary>
    public IngestionReport Report => new() { Seen = 1, Changed = this is { IsChange: true, IsStored: false } ? 1 : 0, Embedded = Embedded, Problems = Problems };

    /// <summary>True when another process stored it: that is no change any more, but this process has yet to publish it.</summary>
    public bool IsStored { get; init; }
}
