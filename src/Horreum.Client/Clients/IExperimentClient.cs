using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>Experiments and their profiles.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface IExperimentClient
{
    /// <summary>Describes the models that compare an experiment with its baseline. <c>GET /api/experiment/models</c></summary>
    Task<IReadOnlyList<ConditionConfig>> GetModelsAsync(CancellationToken cancellationToken = default);

    /// <summary>Compares one dataset with the baselines of all matching profiles. <c>GET /api/experiment/run</c></summary>
    Task<IReadOnlyList<ExperimentResult>> RunAsync(int? datasetId = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the experiment profiles of a test. <c>GET /api/experiment/{testId}/profiles</c></summary>
    Task<IReadOnlyList<ExperimentProfile>> GetProfilesAsync(int testId, CancellationToken cancellationToken = default);

    /// <summary>Adds or replaces an experiment profile and answers its id. <c>POST /api/experiment/{testId}/profiles</c></summary>
    Task<int> SaveProfileAsync(int testId, ExperimentProfile profile, CancellationToken cancellationToken = default);

    /// <summary>Deletes an experiment profile. <c>DELETE /api/experiment/{testId}/profiles/{profileId}</c></summary>
    Task DeleteProfileAsync(int testId, int profileId, CancellationToken cancellationToken = default);
}
