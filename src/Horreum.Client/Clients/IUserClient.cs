using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>Users, teams and API keys.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface IUserClient
{
    /// <summary>Replaces the list of administrators. <c>POST /api/user/administrators</c></summary>
    Task UpdateAdministratorsAsync(IReadOnlyList<string> userNames, CancellationToken cancellationToken = default);

    /// <summary>Lists the administrators. <c>GET /api/user/administrators</c></summary>
    Task<IReadOnlyList<UserData>> GetAdministratorsAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists all teams. <c>GET /api/user/allTeams</c></summary>
    Task<IReadOnlyList<string>> GetAllTeamsAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates an API key for the caller and answers it; it cannot be read again. <c>POST /api/user/apikey</c></summary>
    Task<string> CreateApiKeyAsync(ApiKeyRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the caller's API keys, without the keys themselves. <c>GET /api/user/apikey</c></summary>
    Task<IReadOnlyList<ApiKeyResponse>> GetApiKeysAsync(CancellationToken cancellationToken = default);

    /// <summary>Renames an API key. <c>PUT /api/user/apikey/{id}/rename</c></summary>
    Task RenameApiKeyAsync(int id, string name, CancellationToken cancellationToken = default);

    /// <summary>Revokes an API key for good. <c>PUT /api/user/apikey/{id}/revoke</c></summary>
    Task RevokeApiKeyAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Creates a user with a password, a team and roles. <c>POST /api/user/createUser</c></summary>
    Task CreateAsync(NewUser user, CancellationToken cancellationToken = default);

    /// <summary>Sets the caller's default team. <c>POST /api/user/defaultTeam</c></summary>
    Task SetDefaultTeamAsync(string team, CancellationToken cancellationToken = default);

    /// <summary>Reads the caller's default team. <c>GET /api/user/defaultTeam</c></summary>
    Task<string> GetDefaultTeamAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads users by their names. <c>POST /api/user/info</c></summary>
    Task<IReadOnlyList<UserData>> GetAsync(IReadOnlyList<string> userNames, CancellationToken cancellationToken = default);

    /// <summary>Lists the caller's roles. <c>GET /api/user/roles</c></summary>
    Task<IReadOnlyList<string>> GetRolesAsync(CancellationToken cancellationToken = default);

    /// <summary>Finds users whose name, e-mail or user name contains a text. <c>GET /api/user/search</c></summary>
    Task<IReadOnlyList<UserData>> SearchAsync(string? query = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a team. <c>DELETE /api/user/team/{team}</c></summary>
    Task DeleteTeamAsync(string team, CancellationToken cancellationToken = default);

    /// <summary>Adds a team; its name ends in <c>-team</c>. <c>POST /api/user/team/{team}</c></summary>
    Task AddTeamAsync(string team, CancellationToken cancellationToken = default);

    /// <summary>Replaces the members of a team: user name to roles. <c>POST /api/user/team/{team}/members</c></summary>
    Task UpdateTeamMembersAsync(string team, IReadOnlyDictionary<string, IReadOnlyList<string>> members, CancellationToken cancellationToken = default);

    /// <summary>Lists the members of a team: user name to roles. <c>GET /api/user/team/{team}/members</c></summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> GetTeamMembersAsync(string team, CancellationToken cancellationToken = default);

    /// <summary>Lists the caller's teams. <c>GET /api/user/teams</c></summary>
    Task<IReadOnlyList<string>> GetTeamsAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes a user. <c>DELETE /api/user/{username}</c></summary>
    Task DeleteAsync(string username, CancellationToken cancellationToken = default);
}
