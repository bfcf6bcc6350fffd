using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>Variables, detected changes, missing-data rules and datapoints.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface IAlertingClient
{
    /// <summary>Changes the description of a detected change, or confirms it. <c>PUT /api/alerting/change/{id}</c></summary>
    Task UpdateChangeAsync(int id, DetectedChange change, CancellationToken cancellationToken = default);

    /// <summary>Deletes a detected change. <c>DELETE /api/alerting/change/{id}</c></summary>
    Task DeleteChangeAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Sets which labels order a test's datasets in time and which fingerprint separates them. <c>POST /api/alerting/changeDetection</c></summary>
    Task UpdateChangeDetectionAsync(int testId, ChangeDetectionUpdate update, CancellationToken cancellationToken = default);

    /// <summary>Describes the change detection models that the server offers. <c>GET /api/alerting/changeDetectionModels</c></summary>
    Task<IReadOnlyList<ConditionConfig>> GetChangeDetectionModelsAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the changes found in one variable, optionally of one fingerprint. <c>GET /api/alerting/changes</c></summary>
    Task<IReadOnlyList<DetectedChange>> GetChangesAsync(int variableId, string? fingerprint = null, CancellationToken cancellationToken = default);

    /// <summary>Describes the panels of a test's dashboard, optionally for one fingerprint. <c>GET /api/alerting/dashboard</c></summary>
    Task<DashboardInfo> GetDashboardAsync(int testId, string? fingerprint = null, CancellationToken cancellationToken = default);

    /// <summary>Finds the time of the newest datapoint of each variable asked for. <c>POST /api/alerting/datapoint/last</c></summary>
    Task<IReadOnlyList<DatapointLastTimestamp>> FindLastDatapointsAsync(LastDatapointsParams request, CancellationToken cancellationToken = default);

    /// <summary>Lists the settings that a new variable's change detection starts with. <c>GET /api/alerting/defaultChangeDetectionConfigs</c></summary>
    Task<IReadOnlyList<ChangeDetection>> GetDefaultChangeDetectionConfigsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Announces that a run will be uploaded within <paramref name="timeout"/> seconds; the server warns when it is not.
    /// <c>POST /api/alerting/expectRun</c>
    /// </summary>
    Task ExpectRunAsync(string test, long timeout, string? backlink = null, string? expectedBy = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the runs that were announced and have not arrived (administrators only). <c>GET /api/alerting/expectations</c></summary>
    Task<IReadOnlyList<RunExpectation>> GetExpectationsAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds or replaces a missing-data rule and answers its id. <c>POST /api/alerting/missingdatarule</c></summary>
    Task<int> UpdateMissingDataRuleAsync(int testId, MissingDataRule rule, CancellationToken cancellationToken = default);

    /// <summary>Lists the missing-data rules of a test. <c>GET /api/alerting/missingdatarule</c></summary>
    Task<IReadOnlyList<MissingDataRule>> GetMissingDataRulesAsync(int testId, CancellationToken cancellationToken = default);

    /// <summary>Deletes a missing-data rule. <c>DELETE /api/alerting/missingdatarule/{id}</c></summary>
    Task DeleteMissingDataRuleAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Starts computing a test's datapoints again. <c>POST /api/alerting/recalculate</c></summary>
    Task RecalculateDatapointsAsync(int testId, RecalculationQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Says how far the computation of a test's datapoints has come. <c>GET /api/alerting/recalculate</c></summary>
    Task<DatapointRecalculationStatus> GetRecalculationStatusAsync(int testId, CancellationToken cancellationToken = default);

    /// <summary>Lists the variables of one test, or of all tests. <c>GET /api/alerting/variables</c></summary>
    Task<IReadOnlyList<Variable>> GetVariablesAsync(int? testId = null, CancellationToken cancellationToken = default);

    /// <summary>Replaces all variables of a test; those left out are deleted with their datapoints. <c>POST /api/alerting/variables</c></summary>
    Task UpdateVariablesAsync(int testId, IReadOnlyList<Variable> variables, CancellationToken cancellationToken = default);
}
