using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

/// <summary>Datasets, as Horreum keeps them. Pages count from 1.</summary>
internal interface IDatasetRepository
{
    /// <summary>Lists the datasets of a test, one page.</summary>
    Task<ListSlice<DatasetEntry>> ListByTestAsync(int testId, ListOrder order, CancellationToken cancellationToken = default);

    /// <summary>Lists the datasets that use a schema, one page; a dataset may occur once per view.</summary>
    Task<ListSlice<DatasetEntry>> ListBySchemaAsync(string schemaUri, ListOrder order, CancellationToken cancellationToken = default);

    /// <summary>Reads one dataset with its content.</summary>
    Task<DatasetContent> GetAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Reads one dataset without its content.</summary>
    Task<DatasetOverview> GetSummaryAsync(int id, int? viewId, CancellationToken cancellationToken = default);
}
