using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;

namespace McpOptimizer.Core.Services.Ingestion.Look;

/// <summary>One workload as it was listed, and what its server answered.</summary>
/// <param name="Workload">What the source says.</param>
/// <param name="Source">The source's name.</param>
/// <param name="Tools">What the server lists; null when it was not asked (not running), could not answer, or lists what was compared with what is stored before.</param>
/// <param name="Failure">Why a running server could not answer; null when it did or was not asked.</param>
/// <param name="ForceMatch">Whether the registry entry is looked for whatever the policy says.</param>
internal sealed record WorkloadInput(WorkloadDescriptor Workload, string Source, IReadOnlyList<ToolDefinition>? Tools, string? Failure, bool ForceMatch = false)
{
    /// <summary>What the server says about its use, if anything.</summary>
    public string? Instructions { get; init; }

    /// <summary>By which the listing is known again; null when it has no mark.</summary>
    public string? Mark { get; init; }

    /// <summary>Oddities of the server's listing, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether the answer is still worth taking over when its turn comes: not when the server is gone or was asked anew meanwhile.</summary>
    public Func<bool> IsWanted { get; init; } = static () => true;
}
