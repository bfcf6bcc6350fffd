using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class ActionClient(HorreumTransport transport) : IActionClient
{
    public Task<TestAction> UpdateAsync(TestAction action, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Put,
            RequestPath.Create($"api/action"),
            HttpBody.Json(action, HorreumJsonContext.Default.TestAction),
            HorreumJsonContext.Default.TestAction,
            cancellationToken);

    public Task<TestAction> AddAsync(TestAction action, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/action"),
            HttpBody.Json(action, HorreumJsonContext.Default.TestAction),
            HorreumJsonContext.Default.TestAction,
            cancellationToken);

    public Task<IReadOnlyList<AllowedSite>> GetAllowedSitesAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/action/allowedSites"),
            HorreumJsonContext.Default.IReadOnlyListAllowedSite,
            cancellationToken);

    public Task<AllowedSite> AddAllowedSiteAsync(string prefix, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/action/allowedSites"),
            HttpBody.Text(prefix),
            HorreumJsonContext.Default.AllowedSite,
            cancellationToken);

    public Task DeleteAllowedSiteAsync(long id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/action/allowedSites/{id}"), cancellationToken);

    public Task<TestAction> AddGlobalAsync(TestAction action, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/action/global"),
            HttpBody.Json(action, HorreumJsonContext.Default.TestAction),
            HorreumJsonContext.Default.TestAction,
            cancellationToken);

    public Task DeleteGlobalAsync(int id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/action/global/{id}"), cancellationToken);

    public Task<IReadOnlyList<TestAction>> ListAsync(ListQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/action/list").Add(query),
            HorreumJsonContext.Default.IReadOnlyListTestAction,
            cancellationToken);

    public Task<IReadOnlyList<TestAction>> GetByTestAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/action/test/{id}"), HorreumJsonContext.Default.IReadOnlyListTestAction, cancellationToken);

    public Task<TestAction> GetAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/action/{id}"), HorreumJsonContext.Default.TestAction, cancellationToken);

    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/action/{id}"), cancellationToken);
}
