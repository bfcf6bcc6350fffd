using ToolHive.Client.Models.Groups;
using ToolHive.Client.Models.Kubernetes;

namespace ToolHive.Client.Repositories;

/// <summary>ToolHive's resources in a cluster, mapped to the domain.</summary>
internal interface IKubernetesRepository
{
    /// <summary>All workloads of a kind, all pages. A kind that the cluster does not know is an empty list.</summary>
    Task<ResourceList> ListAsync(ResourceKind kind, string? scope, CancellationToken cancellationToken = default);

    /// <summary>Changes of a kind from a version on, until the server ends the watch.</summary>
    IAsyncEnumerable<ResourceChange> WatchAsync(ResourceKind kind, string? scope, string? resourceVersion, CancellationToken cancellationToken = default);

    /// <summary>All groups.</summary>
    Task<IReadOnlyList<Group>> ListGroupsAsync(string? scope, CancellationToken cancellationToken = default);
}
