using System.Globalization;
using System.Runtime.CompilerServices;
using Horreum.Client.Models;
using Horreum.Client.Repositories;
using Horreum.Client.Services.Paging;

namespace Horreum.Client.Services;

internal sealed class DatasetService(DatasetRepository datasets, TestDirectory tests, TimedLists lists) : IDatasetService
{
    private static readonly Dictionary<string, Func<DatasetEntry, IComparable?>> SortKeys = new()
    {
        ["start"] = dataset => dataset.Start,
        ["stop"] = dataset => dataset.Stop,
        ["id"] = dataset => Number(dataset.DatasetId),
        ["runid"] = dataset => Number(dataset.RunId),
        ["testid"] = dataset => Number(dataset.TestId),
        ["testname"] = dataset => dataset.TestName,
        ["ordinal"] = dataset => dataset.Ordinal,
        ["description"] = dataset => dataset.Description,
    };

    public async Task<DatasetPage> SearchAsync(DatasetSearchRequest request, CancellationToken cancellationToken = default)
    {
        TimedListSpec<DatasetEntry> spec = await ToSpecAsync(request, cancellationToken).ConfigureAwait(false);
        TimedPage<DatasetEntry> page = await lists.ReadAsync(spec, request, cancellationToken).ConfigureAwait(false);
        return new DatasetPage
        {
            Datasets = page.Items,
            Pagination = page.Pagination,
            Total = page.Pagination.TotalCount,
            TimeRange = page.ShownRange,
            Warnings = page.ShownWarnings,
        };
    }

    public async IAsyncEnumerable<DatasetEntry> EnumerateAsync(
        DatasetSearchRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        TimedListSpec<DatasetEntry> spec = await ToSpecAsync(request, cancellationToken).ConfigureAwait(false);
        await foreach (DatasetEntry dataset in lists.ReadAllAsync(spec, request, cancellationToken).ConfigureAwait(false))
        {
            yield return dataset;
        }
    }

    public Task<DatasetContent> GetAsync(int datasetId, CancellationToken cancellationToken = default) => datasets.GetAsync(datasetId, cancellationToken);

    public Task<DatasetOverview> GetSummaryAsync(int datasetId, int? viewId = null, CancellationToken cancellationToken = default) =>
        datasets.GetSummaryAsync(datasetId, viewId, cancellationToken);

    private async Task<TimedListSpec<DatasetEntry>> ToSpecAsync(DatasetSearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Test is null && string.IsNullOrEmpty(request.SchemaUri))
        {
            throw HorreumContractException.Invalid("testId", null, "at least one of testId, testName and schemaUri");
        }

        int? testId = request.Test is { } test ? await tests.ResolveAsync(test, cancellationToken).ConfigureAwait(false) : null;
        string? uri = string.IsNullOrEmpty(request.SchemaUri) ? null : request.SchemaUri;
        return new TimedListSpec<DatasetEntry>
        {
            Query = PageTokens.Hash("datasets", testId?.ToString(CultureInfo.InvariantCulture), uri),
            Read = testId is { } id
                ? (order, token) => datasets.ListByTestAsync(id, order, token)
                : (order, token) => datasets.ListBySchemaAsync(uri!, order, token),
            Start = static dataset => dataset.Start,
            Id = static dataset => Number(dataset.DatasetId),
            SortKeys = SortKeys,

            // A test's list knows each dataset's schemas; Horreum filters it by test only. A schema's list may repeat a dataset, once per view.
            Matches = uri is null ? null : dataset => dataset.Schemas.Contains(uri, StringComparer.Ordinal) || testId is null,
        };
    }

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
