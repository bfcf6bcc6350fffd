using McpOptimizer.Core.Repositories.Store;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>Which of several replicas this process is. For hosts that say so, as <c>/ready</c> of the sample does.</summary>
public sealed class ReplicaName
{
    private readonly IStoreReplicas _replicas;

    internal ReplicaName(IStoreReplicas replicas) => _replicas = replicas;

    /// <summary>The name of this process; null where the store is not shared.</summary>
    public string? Name => _replicas.Name;

    /// <summary>The name of the replica that takes servers in, as far as this one knows; null when nobody does, or the store is not shared.</summary>
    public string? Leader => _replicas.Leader;
}
