using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class AlertingClient(HorreumTransport transport) : IAlertingClient
{
    public Task UpdateChangeAsync(int id, DetectedChange change, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Put,
            RequestPath.Create($"api/alerting/change/{id}"),
            HttpBody.Json(change, HorreumJsonContext.Default.DetectedChange),
            cancellationToken);

    public Task DeleteChangeAsync(int id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/alerting/change/{id}"), cancellationToken);

    public Task UpdateChangeDetectionAsync(int testId, ChangeDetectionUpdate update, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/alerting/changeDetection").Add("testId", testId),
            HttpBody.Json(update, HorreumJsonContext.Default.ChangeDetectionUpdate),
            cancellationToken);

    public Task<IReadOnlyList<ConditionConfig>> GetChangeDetectionModelsAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/alerting/changeDetectionModels"),
            HorreumJsonContext.Default.IReadOnlyListConditionConfig,
            cancellationToken);

    public Task<IReadOnlyList<DetectedChange>> GetChangesAsync(int variableId, string? fingerprint = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/alerting/changes").Add("var", variableId).Add("fingerprint", fingerprint),
            HorreumJsonContext.Default.IReadOnlyListDetectedChange,
            cancellationToken);

    public Task<DashboardInfo> GetDashboardAsync(int testId, string? fingerprint = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/alerting/dashboard").Add("test", testId).Add("fingerprint", fingerprint),
            HorreumJsonContext.Default.DashboardInfo,
            cancellationToken);

    public Task<IReadOnlyList<DatapointLastTimestamp>> FindLastDatapointsAsync(LastDatapointsParams request, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/alerting/datapoint/last"),
            HttpBody.Json(request, HorreumJsonContext.Default.LastDatapointsParams),
            HorreumJsonContext.Default.IReadOnlyListDatapointLastTimestamp,
            cancellationToken);

    public Task<IReadOnlyList<ChangeDetection>> GetDefaultChangeDetectionConfigsAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/alerting/defaultChangeDetectionConfigs"),
            HorreumJsonContext.Default.IReadOnlyListChangeDetection,
            cancellationToken);

    public Task ExpectRunAsync(string test, long timeout, string? backlink = null, string? expectedBy = null, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/alerting/expectRun").Add("test", test).Add("timeout", timeout).Add("backlink", backlink).Add("expectedby", expectedBy),
            cancellationToken);

    public Task<IReadOnlyList<RunExpectation>> GetExpectationsAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/alerting/expectations"),
            HorreumJsonContext.Default.IReadOnlyListRunExpectation,
            cancellationToken);

    public Task<int> UpdateMissingDataRuleAsync(int testId, MissingDataRule rule, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/alerting/missingdatarule").Add("testId", testId),
            HttpBody.Json(rule, HorreumJsonContext.Default.MissingDataRule),
            HorreumJsonContext.Default.Int32,
            cancellationToken);

    public Task<IReadOnlyList<MissingDataRule>> GetMissingDataRulesAsync(int testId, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/alerting/missingdatarule").Add("testId", testId),
            HorreumJsonContext.Default.IReadOnlyListMissingDataRule,
            cancellationToken);

    public Task DeleteMissingDataRuleAsync(int id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/alerting/missingdatarule/{id}"), cancellationToken);

    public Task RecalculateDatapointsAsync(int testId, RecalculationQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/alerting/recalculate").Add("test", testId).Add(query), cancellationToken);

    public Task<DatapointRecalculationStatus> GetRecalculationStatusAsync(int testId, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/alerting/recalculate").Add("test", testId),
            HorreumJsonContext.Default.DatapointRecalculationStatus,
            cancellationToken);

    public Task<IReadOnlyList<Variable>> GetVariablesAsync(int? testId = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/alerting/variables").Add("test", testId),
            HorreumJsonContext.Default.IReadOnlyListVariable,
            cancellationToken);

    public Task UpdateVariablesAsync(int testId, IReadOnlyList<Variable> variables, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/alerting/variables").Add("test", testId),
            HttpBody.Json(variables, HorreumJsonContext.Default.IReadOnlyListVariable),
            cancellationToken);
}
