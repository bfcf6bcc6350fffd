using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Where ingestion publishes: the index of running workloads, and the index of the registry.</summary>
internal interface IToolIndexWriter
{
    void ApplyToWorkloads(IndexChange change);

    void ApplyToRegistry(IndexChange change);

    /// <summary>
    /// Withholds, in memory alone, those tools of a server whose definition is not the one that is published: what could not be stored was not judged either,
    /// and nothing changed may be found or called until it was.
    /// </summary>
    void WithholdChanged(string serverName, IReadOnlyList<ToolDefinition> listed);
}
