using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models.ClientApps;

namespace ToolHive.Client.Clients;

internal sealed class ClientAppsClient(ToolHiveConnection connection) : IClientAppsClient
{
    private const string Base = ApiPath.Root + "clients";

    private static ToolHiveJsonContext Json => ToolHiveJsonContext.Default;

    public Task<IReadOnlyList<ClientApp>> ListAsync(CancellationToken cancellationToken = default) =>
        connection.ReadListAsync(new ApiCall(HttpMethod.Get, Base), Json.IReadOnlyListClientApp, cancellationToken);

    public async Task<ClientApp> RegisterAsync(string name, IReadOnlyList<string>? groups = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ApiCall call = ToolHiveConnection.WithBody(HttpMethod.Post, Base, new ClientBody { Name = name, Groups = groups }, Json.ClientBody);
        ClientBody answer = await connection.ReadAsync(call, Json.ClientBody, cancellationToken).ConfigureAwait(false);
        return new ClientApp { Name = answer.Name ?? name, Groups = answer.Groups ?? [] };
    }

    public Task<IReadOnlyList<ClientApp>> RegisterManyAsync(
        IReadOnlyList<string> names, IReadOnlyList<string>? groups = null, CancellationToken cancellationToken = default) =>
        connection.ReadListAsync(Many("register", names, groups), Json.IReadOnlyListClientApp, cancellationToken);

    public Task UnregisterManyAsync(IReadOnlyList<string> names, IReadOnlyList<string>? groups = null, CancellationToken cancellationToken = default) =>
        connection.SendAsync(Many("unregister", names, groups), cancellationToken);

    public Task UnregisterAsync(string name, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Delete, Path(name)), cancellationToken);

    public Task UnregisterFromGroupAsync(string name, string group, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Delete, $"{Path(name)}/groups/{ApiPath.Segment(group, nameof(group))}"), cancellationToken);

    private static ApiCall Many(string verb, IReadOnlyList<string> names, IReadOnlyList<string>? groups)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Count > 0
            ? ToolHiveConnection.WithBody(HttpMethod.Post, $"{Base}/{verb}", new ClientsBody { Names = names, Groups = groups }, Json.ClientsBody)
            : throw new ArgumentException("Give at least one client.", nameof(names));
    }

    private static string Path(string name) => $"{Base}/{ApiPath.Segment(name, nameof(name))}";
}
