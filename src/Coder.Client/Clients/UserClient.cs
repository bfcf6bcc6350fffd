using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

internal sealed class UserClient(CoderHttp http) : IUserClient
{
    private static CoderJsonContext Json => CoderJsonContext.Default;

    public Task<User> GetAsync(string user, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        return http.GetAsync(Route.Of("users", user), Json.User, cancellationToken);
    }

    public Task<IReadOnlyList<ApiKey>> ListTokensAsync(string user, bool includeExpired = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        string path = Route.Query(Route.Of("users", user, "keys", "tokens"), ("include_expired", includeExpired ? "true" : null));
        return http.GetAsync(path, Json.IReadOnlyListApiKey, cancellationToken);
    }

    public Task<ApiKey> GetTokenAsync(string user, string tokenName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        ArgumentException.ThrowIfNullOrWhiteSpace(tokenName);
        return http.GetAsync(Route.Of("users", user, "keys", "tokens", tokenName), Json.ApiKey, cancellationToken);
    }

    public Task<CreatedToken> CreateTokenAsync(string user, CreateTokenRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        ArgumentNullException.ThrowIfNull(request);
        return http.SendAsync(
            HttpMethod.Post, Route.Of("users", user, "keys", "tokens"), request, Json.CreateTokenRequest, Json.CreatedToken, cancellationToken);
    }

    public Task DeleteKeyAsync(string user, string keyId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        ArgumentException.ThrowIfNullOrWhiteSpace(keyId);
        return http.SendAsync(HttpMethod.Delete, Route.Of("users", user, "keys", keyId), cancellationToken);
    }

    public Task<TokenConfig> GetTokenConfigAsync(string user, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        return http.GetAsync(Route.Of("users", user, "keys", "tokens", "tokenconfig"), Json.TokenConfig, cancellationToken);
    }
}
