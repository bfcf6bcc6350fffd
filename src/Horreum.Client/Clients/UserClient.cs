using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class UserClient(HorreumTransport transport) : IUserClient
{
    public Task UpdateAdministratorsAsync(IReadOnlyList<string> userNames, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/user/administrators"),
            HttpBody.Json(userNames, HorreumJsonContext.Default.IReadOnlyListString),
            cancellationToken);

    public Task<IReadOnlyList<UserData>> GetAdministratorsAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/user/administrators"),
            HorreumJsonContext.Default.IReadOnlyListUserData,
            cancellationToken);

    public Task<IReadOnlyList<string>> GetAllTeamsAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/user/allTeams"), HorreumJsonContext.Default.IReadOnlyListString, cancellationToken);

    public Task<string> CreateApiKeyAsync(ApiKeyRequest request, CancellationToken cancellationToken = default) =>
        transport.ReadTextAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/user/apikey"),
            HttpBody.Json(request, HorreumJsonContext.Default.ApiKeyRequest),
            cancellationToken);

    public Task<IReadOnlyList<ApiKeyResponse>> GetApiKeysAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/user/apikey"), HorreumJsonContext.Default.IReadOnlyListApiKeyResponse, cancellationToken);

    public Task RenameApiKeyAsync(int id, string name, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Put, RequestPath.Create($"api/user/apikey/{id}/rename"), HttpBody.Text(name), cancellationToken);

    public Task RevokeApiKeyAsync(int id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Put, RequestPath.Create($"api/user/apikey/{id}/revoke"), cancellationToken);

    public Task CreateAsync(NewUser user, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/user/createUser"),
            HttpBody.Json(user, HorreumJsonContext.Default.NewUser),
            cancellationToken);

    public Task SetDefaultTeamAsync(string team, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/user/defaultTeam"), HttpBody.Text(team), cancellationToken);

    public Task<string> GetDefaultTeamAsync(CancellationToken cancellationToken = default) =>
        transport.ReadTextAsync(HttpMethod.Get, RequestPath.Create($"api/user/defaultTeam"), cancellationToken);

    public Task<IReadOnlyList<UserData>> GetAsync(IReadOnlyList<string> userNames, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/user/info"),
            HttpBody.Json(userNames, HorreumJsonContext.Default.IReadOnlyListString),
            HorreumJsonContext.Default.IReadOnlyListUserData,
            cancellationToken);

    public Task<IReadOnlyList<string>> GetRolesAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/user/roles"), HorreumJsonContext.Default.IReadOnlyListString, cancellationToken);

    public Task<IReadOnlyList<UserData>> SearchAsync(string? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/user/search").Add("query", query),
            HorreumJsonContext.Default.IReadOnlyListUserData,
            cancellationToken);

    public Task DeleteTeamAsync(string team, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/user/team/{team}"), cancellationToken);

    public Task AddTeamAsync(string team, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/user/team/{team}"), cancellationToken);

    public Task UpdateTeamMembersAsync(
        string team,
        IReadOnlyDictionary<string, IReadOnlyList<string>> members,
        CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/user/team/{team}/members"),
            HttpBody.Json(members, HorreumJsonContext.Default.IReadOnlyDictionaryStringIReadOnlyListString),
            cancellationToken);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> GetTeamMembersAsync(string team, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/user/team/{team}/members"),
            HorreumJsonContext.Default.IReadOnlyDictionaryStringIReadOnlyListString,
            cancellationToken);

    public Task<IReadOnlyList<string>> GetTeamsAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/user/teams"), HorreumJsonContext.Default.IReadOnlyListString, cancellationToken);

    public Task DeleteAsync(string username, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/user/{username}"), cancellationToken);
}
