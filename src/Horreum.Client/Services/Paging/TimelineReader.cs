using System.Runtime.CompilerServices;
using Horreum.Client.Models;

namespace Horreum.Client.Services.Paging;

/// <summary>
/// Reads an interval of a list that is ordered by start time with as few calls as the list allows. The order makes the interval one run of ranks:
/// its edges are found by bisection over single items, and only the page itself is read. One instance serves one request.
/// </summary>
internal sealed class TimelineReader<T>(TimelineSource<T> source, AppliedTimeRange range)
    where T : class
{
    /// <summary>Items of a call that looks for an edge of the interval: most intervals fit, and then no search is needed.</summary>
    private const int EdgeChunk = 250;

    /// <summary>Most items of a call while a filter is applied here and not by Horreum.</summary>
    private const int ScanChunk = 500;

    /// <summary>How much larger each call is than the one before, while a filter leaves too few items.</summary>
    private const int Growth = 4;

    /// <summary>Most items without a start that are named.</summary>
    private const int MostNamed = 10;

    /// <summary>Most calls spent on counting; beyond, the total is left out.</summary>
    private const int CountBudget = 16;

    /// <summary>Most calls spent on finding the first item, which covers any history there can be.</summary>
    private const int SearchBudget = 64;

    /// <summary>Most calls that a filter may cost in one request; beyond, the page ends early and says that more follows.</summary>
    private const int ScanBudget = 20;

    /// <summary>Most calls spent on counting what a filter leaves.</summary>
    private const int CountScanBudget = 2;

    private readonly Dictionary<long, Slot> _known = [];
    private readonly List<string> _warnings = [];
    private readonly SortedSet<long> _withoutStart = [];
    private long? _length;
    private int _calls;

    /// <summary>What the caller should know about what was read.</summary>
    public IReadOnlyList<string> Warnings => _withoutStart.Count == 0
        ? _warnings
        : [.. _warnings, $"Left out, since they have no start that could lie in the interval: id {string.Join(", ", _withoutStart.Take(MostNamed))}"
            + (_withoutStart.Count > MostNamed ? $" and {_withoutStart.Count - MostNamed} more." : ".")];

    /// <summary>The page that begins a number of items behind the start of the interval.</summary>
    public async Task<TimelinePage<T>> ReadFromAsync(long offset, int size, CancellationToken cancellationToken)
    {
        // Without a start edge the interval begins where the list begins: the page itself is all that must be read, and a far one is read directly.
        bool direct = StartsWithList && source.Matches is null && offset >= EdgeChunk;
        if (!direct)
        {
            int least = StartsWithList ? 2 : EdgeChunk;
            int page = source.Matches is null ? (int)Math.Min(offset + size + 1, HorreumContractOptions.MaxPageSize) : Math.Min(size + 1, ScanChunk);
            await ReadPageAsync(1, Math.Max(least, page), cancellationToken).ConfigureAwait(false);
        }

        long begin = direct || StartsWithList
            ? 0
            : await FindAsync(0, item => Side(item) >= 0, SearchBudget, cancellationToken).ConfigureAwait(false) ?? long.MaxValue / 2;
        if (source.Matches is not null)
        {
            return await ScanAsync(begin, offset, size, null, count: true, cancellationToken).ConfigureAwait(false);
        }

        List<Slot> slots = await CollectAsync(begin + offset, size + 1, cancellationToken).ConfigureAwait(false);
        long? end = await FindEndAsync(begin + offset + slots.Count, cancellationToken).ConfigureAwait(false);
        return ToPage(slots, size, end is { } edge ? Math.Max(0, edge - begin) : null, begin + offset);
    }

    /// <summary>The page behind an item given out before, even when items were added or removed in front of it.</summary>
    public async Task<TimelinePage<T>> ReadBehindAsync(PageToken token, CancellationToken cancellationToken)
    {
        HashSet<long> seen = [.. token.Seen ?? []];
        bool IsBehind(T item) => source.Start(item) is not { } start
            || (source.Descending ? start < token.Anchor : start > token.Anchor)
            || (start == token.Anchor && !seen.Contains(source.Id(item)));

        long rank = Math.Max(0, token.Rank - 1);
        (int page, int limit) = PageSizes.Cover(rank, token.Size + 2);
        await ReadPageAsync(page, limit, cancellationToken).ConfigureAwait(false);
        rank = (page - 1L) * limit;

        // Something was removed when even the first item lies behind the anchor: step back until one does not.
        for (int step = page - 1; step >= 1 && page - step <= SearchBudget && (!_known.TryGetValue(rank, out Slot slot) || IsBehind(slot.Item)); step--)
        {
            rank = (step - 1L) * limit;
            await ReadPageAsync(step, limit, cancellationToken).ConfigureAwait(false);
        }

        return await ScanAsync(rank, 0, token.Size, IsBehind, count: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The page behind one that ended with nothing to hold on to: with items that have no start, or with none at all.</summary>
    public Task<TimelinePage<T>> ReadOnAsync(PageToken token, CancellationToken cancellationToken) =>
        ScanAsync(token.Rank, 0, token.Size, null, count: false, cancellationToken);

    /// <summary>All items of the interval in order, page by page; stops reading when the caller does.</summary>
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long rank = StartsWithList ? 0 : await FindAsync(0, item => Side(item) >= 0, SearchBudget, cancellationToken).ConfigureAwait(false) ?? 0;
        HashSet<long> given = [];
        while (await SlotAsync(rank, ScanChunk, cancellationToken).ConfigureAwait(false) is { } slot && Side(slot.Item) <= 0)
        {
            if (!slot.IsGap && Side(slot.Item) == 0 && source.Matches?.Invoke(slot.Item) != false && given.Add(source.Id(slot.Item)))
            {
                yield return slot.Item;
            }

            _known.Remove(rank++);
        }
    }

    private bool StartsWithList => source.Descending ? range.To is null : range.From is null;

    // Items without a start come last in either order, and lie in no interval that has an edge.
    private bool IsOpen => range.From is null && range.To is null;

    /// <summary>Where an item lies: before the interval in the list's order, in it, or behind it.</summary>
    private int Side(T item)
    {
        if (source.Start(item) is not { } start)
        {
            return IsOpen ? 0 : 1;
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
        int chunk = Math.Clamp(size + 2, 2, HorreumContractOptions.MaxPageSize);
        bool complete = false;
        int calls = _calls;
        while (true)
        {
            int before = _calls;
            if (before - calls >= ScanBudget && !_known.ContainsKey(rank))
            {
                break;
            }

            Slot? next = await SlotAsync(rank, chunk, cancellationToken).ConfigureAwait(false);
            chunk = _calls == before ? chunk : Math.Max(chunk, Math.Min(ScanChunk, chunk * Growth));
            if (next is not { } slot || Side(slot.Item) > 0)
            {
                complete = true;
                break;
            }

            rank++;
            T item = slot.Item;
            if (slot.IsGap || Side(item) < 0 || accept?.Invoke(item) == false || source.Matches?.Invoke(item) == false || !given.Add(source.Id(item)))
            {
                continue;
            }

            if (++matches <= skip)
            {
                continue;
            }

            if (items.Count < size)
            {
                items.Add(item);
                behind = rank;
            }
            else if (!count || (_calls - calls >= CountScanBudget && !_known.ContainsKey(rank)))
            {
                break;
            }
        }

        bool more = matches - skip > items.Count || !complete;
        return new TimelinePage<T>(items, more, count && complete ? matches : null, items.Count < size ? rank : behind, items.Count);
    }

    private static TimelinePage<T> ToPage(List<Slot> slots, int size, long? total, long first)
    {
        int passed = Math.Min(size, slots.Count);
        T[] items = [.. slots.Take(passed).Where(slot => !slot.IsGap).Select(slot => slot.Item)];
        return new TimelinePage<T>(items, slots.Count > size, total, first + passed, passed);
    }

    // Up to a number of slots of the interval from a rank on.
    private async Task<List<Slot>> CollectAsync(long rank, int count, CancellationToken cancellationToken)
    {
        List<Slot> slots = [];
        while (slots.Count < count
            && await SlotAsync(rank, Math.Max(2, count - slots.Count), cancellationToken).ConfigureAwait(false) is { } slot
            && Side(slot.Item) <= 0)
        {
            slots.Add(slot);
            rank++;
        }

        return slots;
    }

    // First rank behind the interval, at or after a rank that everything before lies in it.
    private async Task<long?> FindEndAsync(long from, CancellationToken cancellationToken)
    {
        if (IsOpen)
        {
            return _length;
        }

        if (_length is { } length && from < length)
        {
            // The interval often reaches to the end of the list, or ends not far from here: two looks spare the search.
            if (await SlotAsync(length - 1, 1, cancellationToken).ConfigureAwait(false) is { } last && Side(last.Item) <= 0)
            {
                return length;
            }

            await SlotAsync(from, EdgeChunk, cancellationToken).ConfigureAwait(false);
        }

        return await FindAsync(from, item => Side(item) > 0, CountBudget, cancellationToken).ConfigureAwait(false);
    }

    // First rank from which on the condition holds; null when the budget does not suffice.
    private async Task<long?> FindAsync(long low, Func<T, bool> holds, int budget, CancellationToken cancellationToken)
    {
        while (_known.TryGetValue(low, out Slot slot))
        {
            if (holds(slot.Item))
            {
                return low;
            }

            low++;
        }

        long? high = _length;
        long stride = EdgeChunk;
        int calls = _calls;
        while (high is null)
        {
            if (_calls - calls >= budget)
            {
                return null;
            }

            if (await SlotAsync(low + stride, 1, cancellationToken).ConfigureAwait(false) is not { } slot || holds(slot.Item))
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
            if (await SlotAsync(middle, 1, cancellationToken).ConfigureAwait(false) is not { } slot || holds(slot.Item))
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

    // What is at a rank, read together with what follows when it is not known yet; null behind the end.
    private async Task<Slot?> SlotAsync(long rank, int chunk, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(rank, out Slot slot))
        {
            return slot;
        }

        if (rank >= _length || rank > int.MaxValue - 1)
        {
            return null;
        }

        (int page, int limit) = PageSizes.Cover(rank, chunk);
        await ReadPageAsync(page, limit, cancellationToken).ConfigureAwait(false);
        if (!_known.ContainsKey(rank) && !(rank >= _length) && limit < EdgeChunk)
        {
            // Nothing but elements that cannot be read: their neighbours tell where they lie.
            (page, limit) = PageSizes.Cover(rank, EdgeChunk);
            await ReadPageAsync(page, limit, cancellationToken).ConfigureAwait(false);
        }

        return _known.TryGetValue(rank, out slot) ? slot : null;
    }

    private async Task ReadPageAsync(int page, int limit, CancellationToken cancellationToken)
    {
        _calls++;
        ListSlice<T> slice = await source.Read(page, limit, cancellationToken).ConfigureAwait(false);
        long first = (page - 1L) * limit;
        Keep(slice, first, limit);
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

    private void Keep(ListSlice<T> slice, long first, int limit)
    {
        _warnings.AddRange(slice.Warnings.Except(_warnings));
        T? neighbour = slice.Items.FirstOrDefault(item => item is not null);
        for (int i = 0; i < slice.Items.Count && i < limit && neighbour is not null; i++)
        {
            neighbour = slice.Items[i] ?? neighbour;
            _known[first + i] = new Slot(neighbour, slice.Items[i] is null);
            if (!IsOpen && slice.Items[i] is { } item && source.Start(item) is null)
            {
                _withoutStart.Add(source.Id(item));
            }
        }
    }

    /// <summary>What stands at a rank; for an element that cannot be read, an item beside it.</summary>
    private readonly record struct Slot(T Item, bool IsGap);
}
