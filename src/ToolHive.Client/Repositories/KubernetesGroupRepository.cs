using Microsoft.Extensions.Options;
using ToolHive.Client.Models.Groups;

namespace ToolHive.Client.Repositories;

/// <summary>Groups as the operator keeps them.</summary>
internal sealed class KubernetesGroupRepository(KubernetesRepository resources, IOptions<ToolHiveKubernetesOptions> options) : IGroupRepository
{
    public async Task<IReadOnlyList<Group>> ListAsync(CancellationToken cancellationToken = default)
    {
        List<Group> groups = [];
        foreach (string? scope in options.Value.Scopes)
        {
            groups.AddRange(await resources.ListGroupsAsync(scope, cancellationToken).ConfigureAwait(false));
        }

        return [.. groups.DistinctBy(group => group.Name)];
    }
}
