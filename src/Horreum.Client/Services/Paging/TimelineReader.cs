using System.Runtime.CompilerServices;
using Horreum.Client.Models;

namespace Horreum.Client.Services.Paging;

/// <summary>
/// Reads an interval of a list that is ordered by start time with as few calls as the list allows. The order makes the interval one run of ranks:
/// its edges are found by bisection over single items, and only the page itself is read. One instance serves one request.
/// </summary>
internal sealed class TimelineReader<T>(TimelineSource<T> source, AppliedTimeRange range)
{
    /// <summary>Least items of a first call: most intervals fit, and then it is the only call.</summary>
    private const int FirstChunk = 250;

    /// <summary>Items of a call while a filter is applied here and not by Horreum.</summary>
    private const int ScanChunk = 500;

    /// <summary>Most calls spent on counting; beyond, the total is left out.</summary>
    private const int CountBudget = 16;

    /// <summary>Most calls spent on finding the first item, which covers any history there can be.</summary>
    private const int SearchBudget = 64;

    /// <summary>Most calls that a filter may cost in one request; beyond, the page ends early and says that more follows.</summary>
    private const int ScanBudget = 20;

    /// <summary>Most calls spent on counting what a filter leaves.</summary>
    private const int CountScanBudget = 4;

    private readonly Dictionary<long, T> _known = [];
    private long? _length;
    private int _calls;

    /// <summary>The page that begins a number of items behind the start of the interval.</summary>
    public async Task<TimelinePage<T>> ReadFromAsync(long offset, int size, CancellationToken cancellationToken)
    {
        // Without a start edge the interval begins where the list begins, and a far page can be read directly.
        bool direct = StartsWithList && source.Matches is null && offset >= FirstChunk;
        if (!direct)
        {
            int first = source.Matches is not null ? ScanChunk : (int)Math.Clamp(offset + size + 1, FirstChunk, HorreumContractOptions.MaxPageSize);
            await ReadPageAsync(1, first, cancellationToken).ConfigureAwait(false);
        }

        long begin = direct || StartsWithList
            ? 0
            : await FindAsync(0, item => Side(item) >= 0, SearchBudget, cancellationToken).ConfigureAwait(false) ?? long.MaxValue / 2;
        if (source.Matches is not null)
        {
            return await ScanAsync(begin, offset, size, null, count: true, cancellationToken).ConfigureAwait(false);
        }

        List<T> items = await CollectAsync(begin + offset, size + 1, cancellationToken).ConfigureAwait(false);
        long? end = await FindEndAsync(begin + offset + items.Count, cancellationToken).ConfigureAwait(false);
        return ToPage(items, size, end is { } edge ? Math.Max(0, edge - begin) : null, begin + offset);
    }

    /// <summary>The page behind an item given out before, even when items were added or removed in front of it.</summary>
    public async Task<TimelinePage<T>> ReadBehindAsync(PageToken token, CancellationToken cancellationToken)
    {
        HashSet<long> seen = [.. token.Seen ?? []];
        bool IsBehind(T item) => source.Start(item) is not { } start
            || (source.Descending ? start < token.Anchor : start > token.Anchor)
            || (start == token.Anchor && !seen.Contains(source.Id(item)));

        long rank = Math.Max(0, token.Rank - 1);
        (int page, int limit) = PageSizes.Cover(rank, source.Matches is null ? token.Size + 2 : ScanChunk);
        await ReadPageAsync(page, limit, cancellationToken).ConfigureAwait(false);
        rank = (page - 1L) * limit;

        // Something was removed when even the first item lies behind the anchor: step back until one does not.
        for (int step = page - 1; step >= 1 && page - step <= SearchBudget && (!_known.TryGetValue(rank, out T? item) || IsBehind(item)); step--)
        {
            rank = (step - 1L) * limit;
            await ReadPageAsync(step, limit, cancellationToken).ConfigureAwait(false);
        }

        return await ScanAsync(rank, 0, token.Size, IsBehind, count: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All items of the interval in order, page by page; stops reading when the caller does.</summary>
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long rank = StartsWithList ? 0 : await FindAsync(0, item => Side(item) >= 0, SearchBudget, cancellationToken).ConfigureAwait(false) ?? 0;
        HashSet<long> given = [];
        while (await ItemAsync(rank, ScanChunk, cancellationToken).ConfigureAwait(false) is (true, { } item) && Side(item) <= 0)
        {
            if (Side(item) == 0 && source.Matches?.Invoke(item) != false && given.Add(source.Id(item)))
            {
                yield return item;
            }

            _known.Remove(rank++);
        }
    }

    private bool StartsWithList => source.Descending ? range.To is null : range.From is null;

    private bool EndsWithList => source.Descending ? range.From is null : range.To is null;

    /// <summary>Where an item lies: before the interval in the list's order, in it, or behind it.</summary>
    private int Side(T item)
    {
        if (source.Start(item) is not { } start)
        {
            return range.From is null && range.To is null ? 0 : 1;
        }

        bool early = range.From is { } from && start < from.ToUnixTimeMilliseconds();
        bool late = range.To is { } to && start >= to.ToUnixTimeMilliseconds();
        return early == late ? (early ? 1 : 0) : early == source.Descending ? 1 : -1;
    }

    private async Task<TimelinePage<T>> ScanAsync(long rank, long skip, int size, Func<T, bool>? accept, bool count, CancellationToken cancellationToken)
    {
        List<T> items = [];
        HashSet<long> given = [];
        long matches = 0;
        long behind = rank;
        int chunk = source.Matches is null ? Math.Clamp(size + 2, 2, HorreumContractOptions.MaxPageSize) : ScanChunk;
        bool complete = false;
        int calls = _calls;
        while (true)
        {
            if (_calls - calls >= ScanBudget && !_known.ContainsKey(rank))
            {
                break;
            }

            (bool exists, T? item) = await ItemAsync(rank, chunk, cancellationToken).ConfigureAwait(false);
            if (!exists || Side(item!) > 0)
            {
                complete = true;
                break;
            }

            rank++;
            if (Side(item!) < 0 || accept?.Invoke(item!) == false || source.Matches?.Invoke(item!) == false || !given.Add(source.Id(item!)))
            {
                continue;
            }

            if (++matches <= skip)
            {
                continue;
            }

            if (items.Count < size)
            {
                items.Add(item!);
                behind = rank;
            }
            else if (!count || (_calls - calls >= CountScanBudget && !_known.ContainsKey(rank)))
            {
                break;
            }
        }

        bool more = matches - skip > items.Count || !complete;
        return new TimelinePage<T>(items, more, count && complete ? matches : null, items.Count < size ? rank : behind);
    }

    private static TimelinePage<T> ToPage(List<T> items, int size, long? total, long first)
    {
        bool more = items.Count > size;
        if (more)
        {
            items.RemoveRange(size, items.Count - size);
        }

        return new TimelinePage<T>(items, more, total, first + items.Count);
    }

    // Items of the interval from a rank on.
    private async Task<List<T>> CollectAsync(long rank, int count, CancellationToken cancellationToken)
    {
        List<T> items = [];
        while (items.Count < count)
        {
            (bool exists, T? item) = await ItemAsync(rank, Math.Max(2, count - items.Count), cancellationToken).ConfigureAwait(false);
            if (!exists || Side(item!) > 0)
            {
                break;
            }

            items.Add(item!);
            rank++;
        }

        return items;
    }

    // First rank behind the interval, at or after a rank that everything before lies in it.
    private async Task<long?> FindEndAsync(long from, CancellationToken cancellationToken)
    {
        if (EndsWithList)
        {
            return _length;
        }

        if (_length is { } length && from < length)
        {
            // The interval often reaches to the end of the list: one look spares the search.
            (bool exists, T? last) = await ItemAsync(length - 1, 1, cancellationToken).ConfigureAwait(false);
            if (exists && Side(last!) <= 0)
            {
                return length;
            }
        }

        return await FindAsync(from, item => Side(item) > 0, CountBudget, cancellationToken).ConfigureAwait(false);
    }

    // First rank from which on the condition holds; null when the budget does not suffice.
    private async Task<long?> FindAsync(long low, Func<T, bool> holds, int budget, CancellationToken cancellationToken)
    {
        while (_known.TryGetValue(low, out T? item))
        {
            if (holds(item))
            {
                return low;
            }

            low++;
        }

        long? high = _length;
        long stride = FirstChunk;
        int calls = _calls;
        while (high is null)
        {
            if (_calls - calls >= budget)
            {
                return null;
            }

            (bool exists, T? item) = await ItemAsync(low + stride, 1, cancellationToken).ConfigureAwait(false);
            if (!exists || holds(item!))
            {
                high = low + stride;
            }
            else
            {
                low += stride + 1;
                stride *= 2;
            }
        }

        while (low < high)
        {
            if (_calls - calls >= budget)
            {
                return null;
            }

            long middle = low + ((high.Value - low) / 2);
            (bool exists, T? item) = await ItemAsync(middle, 1, cancellationToken).ConfigureAwait(false);
            if (!exists || holds(item!))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    // The item at a rank, read together with those that follow when it is not known yet.
    private async Task<(bool Exists, T? Item)> ItemAsync(long rank, int chunk, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(rank, out T? item))
        {
            return (true, item);
        }

        if (rank >= _length || rank > int.MaxValue - 1)
        {
            return (false, default);
        }

        (int page, int limit) = PageSizes.Cover(rank, chunk);
        await ReadPageAsync(page, limit, cancellationToken).ConfigureAwait(false);
        return _known.TryGetValue(rank, out item) ? (true, item) : (false, default);
    }

    private async Task ReadPageAsync(int page, int limit, CancellationToken cancellationToken)
    {
        _calls++;
        ListSlice<T> slice = await source.Read(page, limit, cancellationToken).ConfigureAwait(false);
        long first = (page - 1L) * limit;
        for (int i = 0; i < slice.Items.Count && i < limit; i++)
        {
            _known[first + i] = slice.Items[i];
        }

        if (slice.Items.Count > 0 && slice.Items.Count < limit)
        {
            // A short page ends the list, whatever the total says.
            _length = first + slice.Items.Count;
        }
        else if (slice.Items.Count == 0)
        {
            _length = Math.Min(_length ?? long.MaxValue, first);
        }
        else if (slice.Total is { } total)
        {
            _length = Math.Max(total, first + slice.Items.Count);
        }
    }
}
