using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class ViewClient(HorreumTransport transport) : IViewClient
{
    public Task<DatasetView> UpdateAsync(DatasetView view, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/ui/view"),
            HttpBody.Json(view, HorreumJsonContext.Default.DatasetView),
            HorreumJsonContext.Default.DatasetView,
            cancellationToken);

    public Task AddAsync(IReadOnlyList<DatasetView> views, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/ui/views"),
            HttpBody.Json(views, HorreumJsonContext.Default.IReadOnlyListDatasetView),
            cancellationToken);

    public Task DeleteAsync(int testId, int viewId, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/ui/{testId}/view/{viewId}"), cancellationToken);

    public Task<IReadOnlyList<DatasetView>> ListAsync(int testId, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/ui/{testId}/views"),
            HorreumJsonContext.Default.IReadOnlyListDatasetView,
            cancellationToken);
}
