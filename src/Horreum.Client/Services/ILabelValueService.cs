using Horreum.Client.Models;

namespace Horreum.Client.Services;

/// <summary>Label values, as the Source MCP Contract shows them: one item for each dataset.</summary>
/// <remarks>
/// Methods throw <see cref="HorreumContractException"/> for bad input and <see cref="HttpRequestException"/> for what goes wrong with Horreum.
/// </remarks>
public interface ILabelValueService
{
    /// <summary>Reads the label values of a run's datasets; all of them unless a page size is given.</summary>
    Task<LabelValuePage> ListByRunAsync(int runId, LabelValueRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the label values of a test's datasets that started at or after <c>from</c> and stopped before <c>to</c> (Horreum compares the stop there);
    /// all of them unless a page size is given.
    /// </summary>
    Task<LabelValuePage> ListByTestAsync(TestLabelValueRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the label values of one dataset in Horreum's own form.</summary>
    Task<IReadOnlyList<DatasetLabelValue>> ListByDatasetAsync(int datasetId, CancellationToken cancellationToken = default);
}
