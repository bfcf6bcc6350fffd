using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class LogClient(HorreumTransport transport) : ILogClient
{
    public Task<IReadOnlyList<ActionLog>> GetActionLogAsync(int testId, LogQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/log/action/{testId}").Add(query),
            HorreumJsonContext.Default.IReadOnlyListActionLog,
            cancellationToken);

    public Task DeleteActionLogsAsync(int testId, DateTimeOffset? since = null, DateTimeOffset? until = null, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/log/action/{testId}").Add("from", since).Add("to", until), cancellationToken);

    public Task<long> CountActionLogAsync(int testId, int? level = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/log/action/{testId}/count").Add("level", level),
            HorreumJsonContext.Default.Int64,
            cancellationToken);

    public Task<IReadOnlyList<DatasetLog>> GetDatasetLogAsync(
        string source,
        int testId,
        LogQuery? query = null,
        CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/log/dataset/{source}/{testId}").Add(query),
            HorreumJsonContext.Default.IReadOnlyListDatasetLog,
            cancellationToken);

    public Task DeleteDatasetLogsAsync(
        string source,
        int testId,
        int? datasetId = null,
        DateTimeOffset? since = null,
        DateTimeOffset? until = null,
        CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Delete,
            RequestPath.Create($"api/log/dataset/{source}/{testId}").Add("datasetId", datasetId).Add("from", since).Add("to", until),
            cancellationToken);

    public Task<long> CountDatasetLogAsync(
        string source,
        int testId,
        int? datasetId = null,
        int? level = null,
        CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/log/dataset/{source}/{testId}/count").Add("datasetId", datasetId).Add("level", level),
            HorreumJsonContext.Default.Int64,
            cancellationToken);

    public Task<IReadOnlyList<TransformationLog>> GetTransformationLogAsync(
        int testId,
        LogQuery? query = null,
        CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/log/transformation/{testId}").Add(query),
            HorreumJsonContext.Default.IReadOnlyListTransformationLog,
            cancellationToken);

    public Task DeleteTransformationLogsAsync(
        int testId,
        DateTimeOffset? since = null,
        int? runId = null,
        DateTimeOffset? until = null,
        CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Delete,
            RequestPath.Create($"api/log/transformation/{testId}").Add("from", since).Add("runId", runId).Add("to", until),
            cancellationToken);

    public Task<long> CountTransformationLogAsync(int testId, int? level = null, int? runId = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/log/transformation/{testId}/count").Add("level", level).Add("runId", runId),
            HorreumJsonContext.Default.Int64,
            cancellationToken);
}
