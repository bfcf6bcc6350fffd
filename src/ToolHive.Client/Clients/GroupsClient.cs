using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using Group = ToolHive.Client.Models.Groups.Group;

namespace ToolHive.Client.Clients;

internal sealed class GroupsClient(ToolHiveConnection connection) : IGroupsClient
{
    private const string Base = ApiPath.Root + "groups";

    public async Task<IReadOnlyList<Group>> ListAsync(CancellationToken cancellationToken = default) =>
        (await connection.ReadAsync(
            new ApiCall(HttpMethod.Get, Base), ToolHiveJsonContext.Default.GroupsAnswer, cancellationToken).ConfigureAwait(false)).Groups
            ?? [];

    public Task<Group> GetAsync(string name, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Get, Path(name)), ToolHiveJsonContext.Default.Group, cancellationToken);

    public Task CreateAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return connection.SendAsync(
            ToolHiveConnection.WithBody(HttpMethod.Post, Base, new NameBody { Name = name }, ToolHiveJsonContext.Default.NameBody), cancellationToken);
    }

    public Task DeleteAsync(string name, bool withWorkloads = false, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Delete, ApiPath.WithQuery(Path(name), ("with-workloads", ApiPath.Text(withWorkloads)))), cancellationToken);

    private static string Path(string name) => $"{Base}/{ApiPath.Segment(name, nameof(name))}";
}
