using Horreum.Client.Models;
using Horreum.Client.Services.Time;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Services.Paging;

/// <summary>Reads one page of any list that is filtered by start time: from, to, order, page size, page token.</summary>
internal sealed class TimedLists(PageTokens tokens, OffsetPages pages, TimeRangeResolver times, IOptions<HorreumContractOptions> options)
{
    private const string StartSort = "start";

    /// <summary>Most items that are sorted here, because Horreum cannot both sort by something else and filter by time.</summary>
    private const int MostSorted = 10_000;

    public async Task<TimedPage<T>> ReadAsync<T>(TimedListSpec<T> spec, TimedPageRequest asked, CancellationToken cancellationToken)
        where T : class
    {
        TimedPageRequest request = PeerPageToken.Expand(asked);
        string sort = CheckSort(spec, request.Sort);
        SortDirection direction = request.Direction ?? (sort is StartSort or "stop" or "id" ? SortDirection.Descending : SortDirection.Ascending);
        string query = PageTokens.Hash(spec.Query, sort, direction.ToString());
        bool timed = !string.IsNullOrWhiteSpace(request.From) || !string.IsNullOrWhiteSpace(request.To);
        string? timesHash = timed ? PageTokens.Hash(request.From?.Trim(), request.To?.Trim()) : null;
        PageToken? token = tokens.Read(request.PageToken, query, timesHash);
        int size = token?.Size ?? PageSizes.Size(request, options.Value.DefaultPageSize);
        long offset = token?.Offset ?? PageSizes.Offset(request, size);
        AppliedTimeRange range = token is null ? times.Resolve(request.From, request.To, spec.UseDefaultRange) : token.Range;
        if (TimeRangeResolver.WarnOfReversed(range) is { } warning)
        {
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
        where T : class
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
        where T : class
    {
        TimelineReader<T> reader = new(ToSource(spec, direction), range);
        TimelinePage<T> page = token switch
        {
            null => await reader.ReadFromAsync(offset, next.Size, cancellationToken).ConfigureAwait(false),
            { Anchor: null } => await reader.ReadOnAsync(token, cancellationToken).ConfigureAwait(false),
            _ => await reader.ReadBehindAsync(token, cancellationToken).ConfigureAwait(false),
        };
        long? total = page.Total ?? token?.Total ?? (page.HasMore || token is not null ? null : offset + page.Passed);
        string? nextToken = null;
        if (page.HasMore)
        {
            long? anchor = page.Items.Count > 0 ? spec.Start(page.Items[^1]) : token?.Anchor;
            IEnumerable<long> seen = page.Items.Where(item => spec.Start(item) == anchor).Select(spec.Id);
            nextToken = tokens.Write(next with
            {
                Rank = page.Rank,
                Offset = offset + page.Passed,
                Anchor = anchor,
                Seen = [.. seen, .. token?.Anchor == anchor ? token?.Seen ?? [] : []],
                Total = total,
            });
        }

        return new TimedPage<T>(page.Items, new Pagination { HasMore = page.HasMore, TotalCount = total, NextPageToken = nextToken }, range, reader.Warnings);
    }

    private async Task<TimedPage<T>> ReadSortedAsync<T>(
        TimedListSpec<T> spec,
        ListOrder order,
        AppliedTimeRange range,
        PageToken next,
        long offset,
        CancellationToken cancellationToken)
        where T : class
    {
        if (range.From is null && range.To is null && spec.Matches is null)
        {
            OffsetPage<T> slice = await pages.ReadAsync(
                next, offset, counted: false, (page, limit) => spec.Read(order with { Page = page, Limit = limit }, cancellationToken)).ConfigureAwait(false);
            return new TimedPage<T>(slice.Items, slice.Pagination, range, slice.Warnings);
        }

        (List<T> all, IReadOnlyList<string> warnings) = await GatherAsync(spec, range, cancellationToken).ConfigureAwait(false);
        Func<T, IComparable?> key = spec.SortKeys[order.Sort!];
        IOrderedEnumerable<T> sorted = order.Direction == SortDirection.Descending
            ? all.OrderByDescending(key).ThenByDescending(spec.Id)
            : all.OrderBy(key).ThenBy(spec.Id);
        T[] items = [.. sorted.Skip((int)Math.Min(offset, int.MaxValue)).Take(order.Limit)];
        bool more = items.Length > 0 && offset + items.Length < all.Count;
        string? token = more ? tokens.Write(next with { Offset = offset + items.Length }) : null;
        return new TimedPage<T>(items, new Pagination { HasMore = more, TotalCount = all.Count, NextPageToken = token }, range, warnings);
    }

    private static async Task<(List<T> Items, IReadOnlyList<string> Warnings)> GatherAsync<T>(
        TimedListSpec<T> spec,
        AppliedTimeRange range,
        CancellationToken cancellationToken)
        where T : class
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

        return (all, reader.Warnings);
    }

    private static TimelineSource<T> ToSource<T>(TimedListSpec<T> spec, SortDirection direction)
        where T : class => new(
        (page, limit, token) => spec.Read(new ListOrder(page, limit, StartSort, direction), token),
        spec.Start,
        spec.Id,
        direction == SortDirection.Descending,
        spec.Matches);

    private static string CheckSort<T>(TimedListSpec<T> spec, string? sort)
        where T : class
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
