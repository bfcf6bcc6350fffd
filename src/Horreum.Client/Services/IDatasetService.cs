using Horreum.Client.Models;

namespace Horreum.Client.Services;

/// <summary>
/// Datasets, as the Source MCP Contract shows them. Lists come newest start first and are filtered by start time: <c>from ≤ start &lt; to</c>.
/// </summary>
/// <remarks>
/// Methods throw <see cref="HorreumContractException"/> for bad input and <see cref="HttpRequestException"/> for what goes wrong with Horreum.
/// </remarks>
public interface IDatasetService
{
    /// <summary>Lists the datasets of a test, of a schema, or of both, one page. All filters apply before the page is cut.</summary>
    Task<DatasetPage> SearchAsync(DatasetSearchRequest request, CancellationToken cancellationToken = default);

    /// <summary>All datasets that match; stops reading when the caller does.</summary>
    IAsyncEnumerable<DatasetEntry> EnumerateAsync(DatasetSearchRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads one dataset with its content.</summary>
    Task<DatasetContent> GetAsync(int datasetId, CancellationToken cancellationToken = default);

    /// <summary>Reads one dataset without its content, optionally with the values of a view.</summary>
    Task<DatasetOverview> GetSummaryAsync(int datasetId, int? viewId = null, CancellationToken cancellationToken = default);
}
