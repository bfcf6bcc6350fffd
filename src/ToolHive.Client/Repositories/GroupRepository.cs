using ToolHive.Client.Models.Groups;

namespace ToolHive.Client.Repositories;

internal sealed class GroupRepository(IToolHiveClient client) : IGroupRepository
{
    public Task<IReadOnlyList<Group>> ListAsync(CancellationToken cancellationToken = default) => client.Groups.ListAsync(cancellationToken);
}
