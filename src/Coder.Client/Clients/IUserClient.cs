using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

/// <summary>Users and their tokens. A user is named by id, user name or <c>me</c>.</summary>
public interface IUserClient
{
    /// <summary>Reads one user.</summary>
    Task<User> GetAsync(string user, CancellationToken cancellationToken = default);

    /// <summary>Lists the tokens of a user, without their secrets.</summary>
    Task<IReadOnlyList<ApiKey>> ListTokensAsync(string user, bool includeExpired = false, CancellationToken cancellationToken = default);

    /// <summary>Reads one token by its name, without its secret.</summary>
    Task<ApiKey> GetTokenAsync(string user, string tokenName, CancellationToken cancellationToken = default);

    /// <summary>Creates a token and returns its secret, which Coder never shows again.</summary>
    Task<CreatedToken> CreateTokenAsync(string user, CreateTokenRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes a key or token by the public part of its id.</summary>
    Task DeleteKeyAsync(string user, string keyId, CancellationToken cancellationToken = default);

    /// <summary>Reads how long tokens may live.</summary>
    Task<TokenConfig> GetTokenConfigAsync(string user, CancellationToken cancellationToken = default);
}
