using ToolHive.Client.Models.Groups;
using ToolHive.Client.Repositories;

namespace ToolHive.Client.Services;

internal sealed class GroupService(IGroupRepository groups) : IGroupService
{
    public async Task<IReadOnlyList<Group>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await groups.ListAsync(cancellationToken).ConfigureAwait(false)).OrderBy(group => group.Name, StringComparer.Ordinal)];
}
