using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class ConfigClient(HorreumTransport transport) : IConfigClient
{
    public Task<int> UpdateDatastoreAsync(Datastore datastore, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Put,
            RequestPath.Create($"api/config/datastore"),
            HttpBody.Json(datastore, HorreumJsonContext.Default.Datastore),
            HorreumJsonContext.Default.Int32,
            cancellationToken);

    public Task<int> AddDatastoreAsync(Datastore datastore, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/config/datastore"),
            HttpBody.Json(datastore, HorreumJsonContext.Default.Datastore),
            HorreumJsonContext.Default.Int32,
            cancellationToken);

    public Task<IReadOnlyList<Datastore>> GetDatastoresAsync(string? team = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/config/datastore").Add("team", team),
            HorreumJsonContext.Default.IReadOnlyListDatastore,
            cancellationToken);

    public Task<IReadOnlyList<TypeConfig>> GetDatastoreTypesAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/config/datastore/types"),
            HorreumJsonContext.Default.IReadOnlyListTypeConfig,
            cancellationToken);

    public Task DeleteDatastoreAsync(int id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/config/datastore/{id}"), cancellationToken);

    public Task<DatastoreTestResponse> TestDatastoreAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/config/datastore/{id}/test"),
            HorreumJsonContext.Default.DatastoreTestResponse,
            cancellationToken);

    public Task<KeycloakConfig> GetKeycloakAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/config/keycloak"), HorreumJsonContext.Default.KeycloakConfig, cancellationToken);

    public Task<VersionInfo> GetVersionAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/config/version"), HorreumJsonContext.Default.VersionInfo, cancellationToken);
}
