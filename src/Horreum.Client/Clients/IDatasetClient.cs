using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Clients;

/// <summary>Datasets.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface IDatasetClient
{
    /// <summary>Lists the datasets of one run, one page. <c>GET /api/dataset/list/byRun/{runId}</c></summary>
    Task<DatasetList> ListByRunAsync(int runId, DatasetListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the datasets that use a schema, one page. A dataset may occur once per view. <c>GET /api/dataset/list/bySchema</c></summary>
    Task<DatasetList> ListBySchemaAsync(string uri, ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the datasets of one test, one page. <c>GET /api/dataset/list/byTest/{testId}</c></summary>
    Task<DatasetList> ListByTestAsync(int testId, DatasetListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Reads one dataset without its content, optionally with the values of a view. <c>GET /api/dataset/{datasetId}/summary</c></summary>
    Task<DatasetSummary> GetSummaryAsync(int datasetId, int? viewId = null, CancellationToken cancellationToken = default);

    /// <summary>Reads one dataset with its content. <c>GET /api/dataset/{id}</c></summary>
    Task<Dataset> GetAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Streams one dataset with its content as the server sends it. <c>GET /api/dataset/{id}</c></summary>
    Task<JsonPayload> OpenAsync(int id, CancellationToken cancellationToken = default);
}
