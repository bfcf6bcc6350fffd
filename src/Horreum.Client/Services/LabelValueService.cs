using System.Globalization;
using Horreum.Client.Models;
using Horreum.Client.Repositories;
using Horreum.Client.Services.Paging;
using Horreum.Client.Services.Time;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Services;

internal sealed class LabelValueService(
    ILabelValueRepository values,
    TestDirectory tests,
    PageTokens tokens,
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
            token => token is null ? times.Resolve(request.From, request.To) : RangeOf(token),
            (range, order) => values.ListByTestAsync(testId, plain, range, order, cancellationToken)).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<DatasetLabelValue>> ListByDatasetAsync(int datasetId, CancellationToken cancellationToken = default) =>
        values.ListByDatasetAsync(datasetId, cancellationToken);

    private async Task<LabelValuePage> ReadAsync(
        LabelValueRequest request,
        string query,
        string? timesHash,
        Func<PageToken?, AppliedTimeRange> rangeOf,
        Func<AppliedTimeRange, ListOrder, Task<IReadOnlyList<LabelValueItem>>> read)
    {
        string? sort = CheckSort(request.Sort);
        PageToken? token = tokens.Read(request.PageToken, query, timesHash);
        AppliedTimeRange range = rangeOf(token);
        AppliedTimeRange? shown = range.From is null && range.To is null ? null : range;
        if (range is { From: { } from, To: { } to } && from >= to)
        {
            string warning = $"from ({from:O}) is not before to ({to:O}): the interval is empty.";
            return new LabelValuePage { Pagination = new Pagination { TotalCount = 0 }, TimeRange = shown, Warnings = [warning] };
        }

        if (token is null && request.PageSize is null && request.Page is null)
        {
            IReadOnlyList<LabelValueItem> all = await read(range, new ListOrder(1, 0, sort, request.Direction)).ConfigureAwait(false);
            return new LabelValuePage { Items = all, Pagination = new Pagination { TotalCount = all.Count }, TimeRange = shown };
        }

        int size = token?.Size ?? PageSizes.Size(request, options.Value.DefaultPageSize);
        long offset = token?.Offset ?? PageSizes.Offset(request, size);
        (int page, int limit) = PageSizes.Cover(offset, size + 1);
        IReadOnlyList<LabelValueItem> slice = await read(range, new ListOrder(page, limit, sort, request.Direction)).ConfigureAwait(false);
        int skip = (int)(offset - ((page - 1L) * limit));
        IReadOnlyList<LabelValueItem> items = [.. slice.Skip(skip).Take(size)];
        bool more = slice.Count > skip + size || (slice.Count == limit && limit < skip + size + 1 && items.Count > 0);
        PageToken next = new()
        {
            Query = query,
            Times = token?.Times ?? timesHash,
            Size = size,
            Offset = offset + items.Count,
            From = range.From?.ToUnixTimeMilliseconds(),
            To = range.To?.ToUnixTimeMilliseconds(),
            Defaulted = range.Defaulted,
        };
        return new LabelValuePage
        {
            Items = items,
            Pagination = new Pagination
            {
                HasMore = more,
                TotalCount = more ? null : offset + items.Count,
                NextPageToken = more ? tokens.Write(next) : null,
            },
            TimeRange = shown,
        };
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

    private static AppliedTimeRange RangeOf(PageToken token) => new()
    {
        From = token.From is { } from ? DateTimeOffset.FromUnixTimeMilliseconds(from) : null,
        To = token.To is { } to ? DateTimeOffset.FromUnixTimeMilliseconds(to) : null,
        Defaulted = token.Defaulted,
    };

    private static string? CheckSort(string? sort) => string.IsNullOrWhiteSpace(sort)
        ? null
        : SortColumns.FirstOrDefault(column => column.Equals(sort.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw HorreumContractException.Invalid("sort", sort, "start or stop", NearestName.Find(sort, SortColumns));
}
