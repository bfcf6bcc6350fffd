using ToolHive.Client.Models.Groups;

namespace ToolHive.Client.Repositories;

/// <summary>Groups as ToolHive keeps them.</summary>
internal interface IGroupRepository
{
    Task<IReadOnlyList<Group>> ListAsync(CancellationToken cancellationToken = default);
}
