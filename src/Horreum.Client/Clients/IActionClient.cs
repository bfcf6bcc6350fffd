using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>Actions: what the server does when something happens.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface IActionClient
{
    /// <summary>Replaces an action, found by its id, and answers what was stored. <c>PUT /api/action</c></summary>
    Task<TestAction> UpdateAsync(TestAction action, CancellationToken cancellationToken = default);

    /// <summary>Adds an action to one test. <c>POST /api/action</c></summary>
    Task<TestAction> AddAsync(TestAction action, CancellationToken cancellationToken = default);

    /// <summary>Lists the URL prefixes that HTTP actions may call. <c>GET /api/action/allowedSites</c></summary>
    Task<IReadOnlyList<AllowedSite>> GetAllowedSitesAsync(CancellationToken cancellationToken = default);

    /// <summary>Allows HTTP actions to call URLs that start with <paramref name="prefix"/>. <c>POST /api/action/allowedSites</c></summary>
    Task<AllowedSite> AddAllowedSiteAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Withdraws an allowed URL prefix. <c>DELETE /api/action/allowedSites/{id}</c></summary>
    Task DeleteAllowedSiteAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>Adds an action that applies to every test. <c>POST /api/action/global</c></summary>
    Task<TestAction> AddGlobalAsync(TestAction action, CancellationToken cancellationToken = default);

    /// <summary>Deletes an action that applies to every test. <c>DELETE /api/action/global/{id}</c></summary>
    Task DeleteGlobalAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Lists the actions that apply to every test, one page. <c>GET /api/action/list</c></summary>
    Task<IReadOnlyList<TestAction>> ListAsync(ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the actions of one test. <c>GET /api/action/test/{id}</c></summary>
    Task<IReadOnlyList<TestAction>> GetByTestAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Reads one action. <c>GET /api/action/{id}</c></summary>
    Task<TestAction> GetAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Deletes an action of a test. <c>DELETE /api/action/{id}</c></summary>
    Task DeleteAsync(int id, CancellationToken cancellationToken = default);
}
