using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>Views of a test's datasets.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface IViewClient
{
    /// <summary>Adds or replaces a view and answers what was stored. <c>POST /api/ui/view</c></summary>
    Task<DatasetView> UpdateAsync(DatasetView view, CancellationToken cancellationToken = default);

    /// <summary>Adds several views. <c>POST /api/ui/views</c></summary>
    Task AddAsync(IReadOnlyList<DatasetView> views, CancellationToken cancellationToken = default);

    /// <summary>Deletes a view of a test. <c>DELETE /api/ui/{testId}/view/{viewId}</c></summary>
    Task DeleteAsync(int testId, int viewId, CancellationToken cancellationToken = default);

    /// <summary>Lists the views of a test. <c>GET /api/ui/{testId}/views</c></summary>
    Task<IReadOnlyList<DatasetView>> ListAsync(int testId, CancellationToken cancellationToken = default);
}
