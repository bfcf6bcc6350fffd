using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Clients;

internal sealed class DatasetClient(HorreumTransport transport) : IDatasetClient
{
    public Task<DatasetList> ListByRunAsync(int runId, DatasetListQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/dataset/list/byRun/{runId}").Add(query),
            HorreumJsonContext.Default.DatasetList,
            cancellationToken);

    public Task<DatasetList> ListBySchemaAsync(string uri, ListQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/dataset/list/bySchema").Add("uri", uri).Add(query),
            HorreumJsonContext.Default.DatasetList,
            cancellationToken);

    public Task<DatasetList> ListByTestAsync(int testId, DatasetListQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/dataset/list/byTest/{testId}").Add(query),
            HorreumJsonContext.Default.DatasetList,
            cancellationToken);

    public Task<DatasetSummary> GetSummaryAsync(int datasetId, int? viewId = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/dataset/{datasetId}/summary").Add("viewId", viewId),
            HorreumJsonContext.Default.DatasetSummary,
            cancellationToken);

    public Task<Dataset> GetAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/dataset/{id}"), HorreumJsonContext.Default.Dataset, cancellationToken);

    public Task<JsonPayload> OpenAsync(int id, CancellationToken cancellationToken = default) =>
        transport.OpenAsync(RequestPath.Create($"api/dataset/{id}"), cancellationToken);
}
