using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class SubscriptionClient(HorreumTransport transport) : ISubscriptionClient
{
    public Task<Subscription> GetAsync(int testId, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/subscriptions/{testId}"), HorreumJsonContext.Default.Subscription, cancellationToken);

    public Task UpdateAsync(int testId, Subscription subscription, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/subscriptions/{testId}"),
            HttpBody.Json(subscription, HorreumJsonContext.Default.Subscription),
            cancellationToken);

    public Task<IReadOnlyList<string>> AddAsync(int testId, string userOrTeam, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/subscriptions/{testId}/add"),
            HttpBody.Text(userOrTeam),
            HorreumJsonContext.Default.IReadOnlyListString,
            cancellationToken);

    public Task<IReadOnlyList<string>> RemoveAsync(int testId, string userOrTeam, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/subscriptions/{testId}/remove"),
            HttpBody.Text(userOrTeam),
            HorreumJsonContext.Default.IReadOnlyListString,
            cancellationToken);
}
