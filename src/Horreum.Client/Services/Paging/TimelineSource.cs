using Horreum.Client.Models;

namespace Horreum.Client.Services.Paging;

/// <summary>A list ordered by start time that can be read by page.</summary>
/// <param name="Read">Reads a page, from 1.</param>
/// <param name="Start">An item's start in milliseconds since 1970; null sorts last.</param>
/// <param name="Id">An item's id.</param>
/// <param name="Descending">Whether the newest comes first.</param>
/// <param name="Matches">Which items count; null for all.</param>
internal sealed record TimelineSource<T>(
    Func<int, int, CancellationToken, Task<ListSlice<T>>> Read,
    Func<T, long?> Start,
    Func<T, long> Id,
    bool Descending,
    Func<T, bool>? Matches = null)
    where T : class;
