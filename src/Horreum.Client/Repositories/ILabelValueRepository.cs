using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

/// <summary>Label values, as Horreum keeps them. Pages count from 1.</summary>
internal interface ILabelValueRepository
{
    /// <summary>Reads the label values of a run's datasets, one page; no limit when it is zero.</summary>
    Task<ListSlice<LabelValueItem>> ListByRunAsync(int runId, LabelValueRequest request, ListOrder order, CancellationToken cancellationToken = default);

    /// <summary>Reads the label values of a test's datasets with <c>start ≥ from</c> and <c>stop &lt; to</c>, one page; no limit when it is zero.</summary>
    Task<ListSlice<LabelValueItem>> ListByTestAsync(
        int testId,
        TestLabelValueRequest request,
        AppliedTimeRange range,
        ListOrder order,
        CancellationToken cancellationToken = default);

    /// <summary>Reads the label values of one dataset.</summary>
    Task<IReadOnlyList<DatasetLabelValue>> ListByDatasetAsync(int datasetId, CancellationToken cancellationToken = default);
}
