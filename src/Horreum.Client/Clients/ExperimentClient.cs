using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class ExperimentClient(HorreumTransport transport) : IExperimentClient
{
    public Task<IReadOnlyList<ConditionConfig>> GetModelsAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/experiment/models"),
            HorreumJsonContext.Default.IReadOnlyListConditionConfig,
            cancellationToken);

    public Task<IReadOnlyList<ExperimentResult>> RunAsync(int? datasetId = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/experiment/run").Add("datasetId", datasetId),
            HorreumJsonContext.Default.IReadOnlyListExperimentResult,
            cancellationToken);

    public Task<IReadOnlyList<ExperimentProfile>> GetProfilesAsync(int testId, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/experiment/{testId}/profiles"),
            HorreumJsonContext.Default.IReadOnlyListExperimentProfile,
            cancellationToken);

    public Task<int> SaveProfileAsync(int testId, ExperimentProfile profile, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/experiment/{testId}/profiles"),
            HttpBody.Json(profile, HorreumJsonContext.Default.ExperimentProfile),
            HorreumJsonContext.Default.Int32,
            cancellationToken);

    public Task DeleteProfileAsync(int testId, int profileId, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/experiment/{testId}/profiles/{profileId}"), cancellationToken);
}
