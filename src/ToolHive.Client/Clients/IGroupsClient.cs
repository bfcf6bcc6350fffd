using ToolHive.Client.Models.Groups;

namespace ToolHive.Client.Clients;

/// <summary>Groups of workloads. The group <c>default</c> always exists.</summary>
public interface IGroupsClient
{
    /// <summary>Lists the groups.</summary>
    Task<IReadOnlyList<Group>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>One group.</summary>
    Task<Group> GetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Creates a group. Repeating it is refused with 409.</summary>
    Task CreateAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Deletes a group.</summary>
    /// <param name="name">Name of the group.</param>
    /// <param name="withWorkloads">True deletes its workloads too; false moves them to <c>default</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteAsync(string name, bool withWorkloads = false, CancellationToken cancellationToken = default);
}
