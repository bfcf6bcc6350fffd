using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>What actions, transformations and computations logged.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface ILogClient
{
    /// <summary>Lists what the actions of a test logged, newest first, one page. <c>GET /api/log/action/{testId}</c></summary>
    Task<IReadOnlyList<ActionLog>> GetActionLogAsync(int testId, LogQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes what the actions of a test logged in a time range. <c>DELETE /api/log/action/{testId}</c></summary>
    Task DeleteActionLogsAsync(int testId, DateTimeOffset? since = null, DateTimeOffset? until = null, CancellationToken cancellationToken = default);

    /// <summary>Counts what the actions of a test logged. <c>GET /api/log/action/{testId}/count</c></summary>
    Task<long> CountActionLogAsync(int testId, int? level = null, CancellationToken cancellationToken = default);

    /// <summary>Lists what computing a test's labels or variables logged, one page. <c>GET /api/log/dataset/{source}/{testId}</c></summary>
    Task<IReadOnlyList<DatasetLog>> GetDatasetLogAsync(string source, int testId, LogQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes what computing a test's labels or variables logged in a time range. <c>DELETE /api/log/dataset/{source}/{testId}</c></summary>
    Task DeleteDatasetLogsAsync(
        string source,
        int testId,
        int? datasetId = null,
        DateTimeOffset? since = null,
        DateTimeOffset? until = null,
        CancellationToken cancellationToken = default);

    /// <summary>Counts what computing a test's labels or variables logged. <c>GET /api/log/dataset/{source}/{testId}/count</c></summary>
    Task<long> CountDatasetLogAsync(string source, int testId, int? datasetId = null, int? level = null, CancellationToken cancellationToken = default);

    /// <summary>Lists what transforming a test's runs logged, one page. <c>GET /api/log/transformation/{testId}</c></summary>
    Task<IReadOnlyList<TransformationLog>> GetTransformationLogAsync(int testId, LogQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes what transforming a test's runs logged in a time range. <c>DELETE /api/log/transformation/{testId}</c></summary>
    Task DeleteTransformationLogsAsync(
        int testId,
        DateTimeOffset? since = null,
        int? runId = null,
        DateTimeOffset? until = null,
        CancellationToken cancellationToken = default);

    /// <summary>Counts what transforming a test's runs logged. <c>GET /api/log/transformation/{testId}/count</c></summary>
    Task<long> CountTransformationLogAsync(int testId, int? level = null, int? runId = null, CancellationToken cancellationToken = default);
}
