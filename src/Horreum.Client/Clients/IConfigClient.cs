using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>Version, sign-in and datastores.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface IConfigClient
{
    /// <summary>Replaces a datastore, found by its id, and answers the id. <c>PUT /api/config/datastore</c></summary>
    Task<int> UpdateDatastoreAsync(Datastore datastore, CancellationToken cancellationToken = default);

    /// <summary>Adds a datastore and answers its id. <c>POST /api/config/datastore</c></summary>
    Task<int> AddDatastoreAsync(Datastore datastore, CancellationToken cancellationToken = default);

    /// <summary>Lists the datastores that a team may use. <c>GET /api/config/datastore</c></summary>
    Task<IReadOnlyList<Datastore>> GetDatastoresAsync(string? team = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the kinds of datastore that the server supports. <c>GET /api/config/datastore/types</c></summary>
    Task<IReadOnlyList<TypeConfig>> GetDatastoreTypesAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes a datastore. <c>DELETE /api/config/datastore/{id}</c></summary>
    Task DeleteDatastoreAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Has the server connect to a datastore and says whether that worked. <c>GET /api/config/datastore/{id}/test</c></summary>
    Task<DatastoreTestResponse> TestDatastoreAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Reads where to sign in with OpenID Connect. <c>GET /api/config/keycloak</c></summary>
    Task<KeycloakConfig> GetKeycloakAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the server's version; needs no credential. <c>GET /api/config/version</c></summary>
    Task<VersionInfo> GetVersionAsync(CancellationToken cancellationToken = default);
}
