using Horreum.Client.Models;
using Horreum.Client.Services.Time;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Services.Paging;

/// <summary>Reads one page of any list that is filtered by start time: from, to, order, page size, page token.</summary>
internal sealed class TimedLists(PageTokens tokens, TimeRangeResolver times, IOptions<HorreumContractOptions> options)
{
    private const string StartSort = "start";

    /// <summary>Most items that are sorted here, because Horreum cannot both sort by something else and filter by time.</summary>
    private const int MostSorted = 10_000;

    public async Task<TimedPage<T>> ReadAsync<T>(TimedListSpec<T> spec, TimedPageRequest request, CancellationToken cancellationToken)
    {
        string sort = CheckSort(spec, request.Sort);
        SortDirection direction = request.Direction ?? (sort is StartSort or "stop" or "id" ? SortDirection.Descending : SortDirection.Ascending);
        string query = PageTokens.Hash(spec.Query, sort, direction.ToString());
        bool timed = !string.IsNullOrWhiteSpace(request.From) || !string.IsNullOrWhiteSpace(request.To);
        string? timesHash = timed ? PageTokens.Hash(request.From?.Trim(), request.To?.Trim()) : null;
        PageToken? token = tokens.Read(request.PageToken, query, timesHash);
        int size = token?.Size ?? PageSizes.Size(request, options.Value.DefaultPageSize);
        long offset = token?.Offset ?? PageSizes.Offset(request, size);
        AppliedTimeRange range = token is null ? times.Resolve(request.From, request.To, spec.UseDefaultRange) : RangeOf(token);
        if (range is { From: { } from, To: { } to } && from >= to)
        {
            string warning = $"from ({from:O}) is not before to ({to:O}): the interval is empty.";
            return new TimedPage<T>([], new Pagination { TotalCount = 0 }, range, [warning]);
        }

        PageToken next = new()
        {
            Query = query,
            Times = token?.Times ?? timesHash,
            Size = size,
            From = range.From?.ToUnixTimeMilliseconds(),
            To = range.To?.ToUnixTimeMilliseconds(),
            Defaulted = range.Defaulted,
        };
        return sort == StartSort
            ? await ReadTimelineAsync(spec, direction, range, token, next, offset, cancellationToken).ConfigureAwait(false)
            : await ReadSortedAsync(spec, new ListOrder(1, size, sort, direction), range, next, offset, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All items of the interval, newest first unless asked otherwise.</summary>
    public IAsyncEnumerable<T> ReadAllAsync<T>(TimedListSpec<T> spec, TimedPageRequest request, CancellationToken cancellationToken)
    {
        SortDirection direction = request.Direction ?? SortDirection.Descending;
        AppliedTimeRange range = times.Resolve(request.From, request.To, spec.UseDefaultRange);
        return new TimelineReader<T>(ToSource(spec, direction), range).ReadAllAsync(cancellationToken);
    }

    private async Task<TimedPage<T>> ReadTimelineAsync<T>(
        TimedListSpec<T> spec,
        SortDirection direction,
        AppliedTimeRange range,
        PageToken? token,
        PageToken next,
        long offset,
        CancellationToken cancellationToken)
    {
        TimelineReader<T> reader = new(ToSource(spec, direction), range);
        TimelinePage<T> page = token?.Anchor is null
            ? await reader.ReadFromAsync(offset, next.Size, cancellationToken).ConfigureAwait(false)
            : await reader.ReadBehindAsync(token, cancellationToken).ConfigureAwait(false);
        long? total = page.Total ?? token?.Total ?? (page.HasMore || token is not null ? null : offset + page.Items.Count);
        string? nextToken = null;
        if (page.HasMore)
        {
            long? anchor = page.Items.Count > 0 ? spec.Start(page.Items[^1]) : token?.Anchor;
            IEnumerable<long> seen = page.Items.Where(item => spec.Start(item) == anchor).Select(spec.Id);
            nextToken = tokens.Write(next with
            {
                Rank = page.Rank,
                Offset = offset + page.Items.Count,
                Anchor = anchor,
                Seen = [.. seen, .. token?.Anchor == anchor ? token?.Seen ?? [] : []],
                Total = total,
            });
        }

        return new TimedPage<T>(page.Items, new Pagination { HasMore = page.HasMore, TotalCount = total, NextPageToken = nextToken }, range, null);
    }

    private async Task<TimedPage<T>> ReadSortedAsync<T>(
        TimedListSpec<T> spec,
        ListOrder order,
        AppliedTimeRange range,
        PageToken next,
        long offset,
        CancellationToken cancellationToken)
    {
        int size = order.Limit;
        IReadOnlyList<T> items;
        long? total;
        bool more;
        if (range.From is null && range.To is null && spec.Matches is null)
        {
            (int page, int limit) = PageSizes.Cover(offset, size + 1);
            ListSlice<T> slice = await spec.Read(order with { Page = page, Limit = limit }, cancellationToken).ConfigureAwait(false);
            int skip = (int)(offset - ((page - 1L) * limit));
            items = [.. slice.Items.Skip(skip).Take(size)];
            total = slice.Total;
            more = slice.Items.Count > skip + size || offset + items.Count < (slice.Total ?? 0);
        }
        else
        {
            List<T> all = await GatherAsync(spec, range, cancellationToken).ConfigureAwait(false);
            Func<T, IComparable?> key = spec.SortKeys[order.Sort!];
            IOrderedEnumerable<T> sorted = order.Direction == SortDirection.Descending
                ? all.OrderByDescending(key).ThenByDescending(spec.Id)
                : all.OrderBy(key).ThenBy(spec.Id);
            items = [.. sorted.Skip((int)Math.Min(offset, int.MaxValue)).Take(size)];
            total = all.Count;
            more = offset + items.Count < all.Count;
        }

        string? token = more && items.Count > 0 ? tokens.Write(next with { Offset = offset + items.Count }) : null;
        return new TimedPage<T>(items, new Pagination { HasMore = token is not null, TotalCount = total, NextPageToken = token }, range, null);
    }

    private static async Task<List<T>> GatherAsync<T>(TimedListSpec<T> spec, AppliedTimeRange range, CancellationToken cancellationToken)
    {
        List<T> all = [];
        TimelineReader<T> reader = new(ToSource(spec, SortDirection.Descending), range);
        await foreach (T item in reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            all.Add(item);
            if (all.Count > MostSorted)
            {
                throw HorreumContractException.Invalid(
                    "sort", null, $"start, or an interval with at most {MostSorted} items: Horreum cannot filter by time and sort by something else", StartSort);
            }
        }

        return all;
    }

    private static TimelineSource<T> ToSource<T>(TimedListSpec<T> spec, SortDirection direction) => new(
        (page, limit, token) => spec.Read(new ListOrder(page, limit, StartSort, direction), token),
        spec.Start,
        spec.Id,
        direction == SortDirection.Descending,
        spec.Matches);

    private static AppliedTimeRange RangeOf(PageToken token) => new()
    {
        From = token.From is { } from ? DateTimeOffset.FromUnixTimeMilliseconds(from) : null,
        To = token.To is { } to ? DateTimeOffset.FromUnixTimeMilliseconds(to) : null,
        Defaulted = token.Defaulted,
    };

    private static string CheckSort<T>(TimedListSpec<T> spec, string? sort)
    {
        if (string.IsNullOrWhiteSpace(sort))
        {
            return StartSort;
        }

        string? known = spec.SortKeys.Keys.FirstOrDefault(key => key.Equals(sort.Trim(), StringComparison.OrdinalIgnoreCase));
        return known ?? throw HorreumContractException.Invalid(
            "sort", sort, "one of " + string.Join(", ", spec.SortKeys.Keys.Order(StringComparer.Ordinal)), NearestName.Find(sort, spec.SortKeys.Keys));
    }
}
