using ToolHive.Client.Models.Groups;

namespace ToolHive.Client.Services;

/// <summary>Groups of workloads.</summary>
public interface IGroupService
{
    /// <summary>Lists the groups, by name.</summary>
    Task<IReadOnlyList<Group>> ListAsync(CancellationToken cancellationToken = default);
}
