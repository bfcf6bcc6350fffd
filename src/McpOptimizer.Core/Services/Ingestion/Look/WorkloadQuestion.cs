using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories;

namespace McpOptimizer.Core.Services.Ingestion.Look;

/// <summary>A server that is to be asked for its tools.</summary>
/// <param name="Workload">What its source says.</param>
/// <param name="Source">The source's name.</param>
/// <param name="ForceMatch">Whether the registry entry is looked for whatever the policy says.</param>
internal sealed record WorkloadQuestion(WorkloadDescriptor Workload, string Source, bool ForceMatch = false)
{
    /// <summary>Whether the server can be asked at all.</summary>
    public bool IsAsking => Workload is { Status: ServerStatus.Running, Endpoint: not null };

    /// <summary>The mark of the listing that is stored; null where the listing has to be read.</summary>
    public string? KnownMark { get; init; }

    /// <summary>Whether its tools are known from before.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Whether an answer says nothing that is not stored: the quick way of an unchanged poll.</summary>
    public Func<WorkloadInput, bool> IsAnsweredBy { get; init; } = static _ => false;

    /// <summary>Whether both ask the same server for the same.</summary>
    public bool IsSameAs(WorkloadQuestion other) =>
        Source == other.Source
        && ForceMatch == other.ForceMatch
        && Workload with { Endpoint = null } == other.Workload with { Endpoint = null }
        && EndpointRepository.AreSame(Workload.Endpoint, other.Workload.Endpoint);
}
