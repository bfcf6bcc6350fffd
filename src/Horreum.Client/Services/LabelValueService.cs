using System.Globalization;
using Horreum.Client.Models;
using Horreum.Client.Repositories;
using Horreum.Client.Services.Paging;
using Horreum.Client.Services.Time;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Services;

internal sealed class LabelValueService(
    LabelValueRepository values,
    TestDirectory tests,
    PageTokens tokens,
    OffsetPages pages,
    TimeRangeResolver times,
    IOptions<HorreumContractOptions> options) : ILabelValueService
{
    private static readonly string[] SortColumns = ["start", "stop"];

    public Task<LabelValuePage> ListByRunAsync(int runId, LabelValueRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        LabelValueRequest plain = LabelFilter.Complete(request);
        string query = Query("run-labels", runId, plain);
        AppliedTimeRange open = new();
        return ReadAsync(plain, query, null, _ => open, (_, order) => values.ListByRunAsync(runId, plain, order, cancellationToken));
    }

    public async Task<LabelValuePage> ListByTestAsync(TestLabelValueRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        TestLabelValueRequest plain = LabelFilter.Complete(request);
        int testId = await tests.ResolveAsync(request.Test, cancellationToken).ConfigureAwait(false);
        string query = PageTokens.Hash(Query("test-labels", testId, plain), plain.Filtering ? "f" : null, plain.Metrics ? "m" : null);
        bool timed = !string.IsNullOrWhiteSpace(request.From) || !string.IsNullOrWhiteSpace(request.To);
        return await ReadAsync(
            plain,
            query,
            timed ? PageTokens.Hash(request.From?.Trim(), request.To?.Trim()) : null,
            token => token is null ? times.Resolve(request.From, request.To) : token.Range,
            (range, order) => values.ListByTestAsync(testId, plain, range, order, cancellationToken)).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<DatasetLabelValue>> ListByDatasetAsync(int datasetId, CancellationToken cancellationToken = default) =>
        values.ListByDatasetAsync(datasetId, cancellationToken);

    private async Task<LabelValuePage> ReadAsync(
        LabelValueRequest asked,
        string query,
        string? timesHash,
        Func<PageToken?, AppliedTimeRange> rangeOf,
        Func<AppliedTimeRange, ListOrder, Task<ListSlice<LabelValueItem>>> read)
    {
        LabelValueRequest request = PeerPageToken.Expand(asked);
        string? sort = CheckSort(request.Sort);
        PageToken? token = tokens.Read(request.PageToken, query, timesHash);
        AppliedTimeRange range = rangeOf(token);
        AppliedTimeRange? shown = range.From is null && range.To is null ? null : range;
        if (TimeRangeResolver.WarnOfReversed(range) is { } warning)
        {
            return new LabelValuePage { Pagination = new Pagination { TotalCount = 0 }, TimeRange = shown, Warnings = [warning] };
        }

        if (token is null && request.PageSize is null && request.Page is null)
        {
            ListSlice<LabelValueItem> all = await read(range, new ListOrder(1, 0, sort, request.Direction)).ConfigureAwait(false);
            LabelValueItem[] items = [.. all.Items.OfType<LabelValueItem>()];
            return new LabelValuePage
            {
                Items = items,
                Pagination = new Pagination { TotalCount = items.Length },
                TimeRange = shown,
                Warnings = all.Warnings.Count == 0 ? null : all.Warnings,
            };
        }

        int size = token?.Size ?? PageSizes.Size(request, options.Value.DefaultPageSize);
        PageToken next = new()
        {
            Query = query,
            Times = token?.Times ?? timesHash,
            Size = size,
            From = range.From?.ToUnixTimeMilliseconds(),
            To = range.To?.ToUnixTimeMilliseconds(),
            Defaulted = range.Defaulted,
        };
        OffsetPage<LabelValueItem> page = await pages.ReadAsync(
            next,
            token?.Offset ?? PageSizes.Offset(request, size),
            counted: false,
            (number, limit) => read(range, new ListOrder(number, limit, sort, request.Direction))).ConfigureAwait(false);
        return new LabelValuePage { Items = page.Items, Pagination = page.Pagination, TimeRange = shown, Warnings = page.ShownWarnings };
    }

    private static string Query(string kind, int id, LabelValueRequest request) => PageTokens.Hash(
        kind,
        id.ToString(CultureInfo.InvariantCulture),
        request.Filter,
        request.MultiFilter?.ToString(),
        string.Join('\n', request.Include ?? []),
        string.Join('\n', request.Exclude ?? []),
        request.Sort,
        request.Direction?.ToString());

    private static string? CheckSort(string? sort) => string.IsNullOrWhiteSpace(sort)
        ? null
        : SortColumns.FirstOrDefault(column => column.Equals(sort.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw HorreumContractException.Invalid("sort", sort, "start or stop", NearestName.Find(sort, SortColumns));
}
