using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>Who is notified about a test.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface ISubscriptionClient
{
    /// <summary>Reads who is notified about a test. <c>GET /api/subscriptions/{testId}</c></summary>
    Task<Subscription> GetAsync(int testId, CancellationToken cancellationToken = default);

    /// <summary>Replaces who is notified about a test. <c>POST /api/subscriptions/{testid}</c></summary>
    Task UpdateAsync(int testId, Subscription subscription, CancellationToken cancellationToken = default);

    /// <summary>Notifies one more user or team about a test; answers what the caller watches it as. <c>POST /api/subscriptions/{testid}/add</c></summary>
    Task<IReadOnlyList<string>> AddAsync(int testId, string userOrTeam, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stops notifying a user or team about a test; answers what the caller watches it as.
    /// <c>POST /api/subscriptions/{testid}/remove</c>
    /// </summary>
    Task<IReadOnlyList<string>> RemoveAsync(int testId, string userOrTeam, CancellationToken cancellationToken = default);
}
