using Horreum.Client.Models;

namespace Horreum.Client.Services.Paging;

/// <summary>A list that is filtered by start time, and how its items are told apart and sorted.</summary>
internal sealed record TimedListSpec<T>
    where T : class
{
    /// <summary>Hash of the list and its filters; a page token is good for the same one only.</summary>
    public required string Query { get; init; }

    /// <summary>Reads a page.</summary>
    public required Func<ListOrder, CancellationToken, Task<ListSlice<T>>> Read { get; init; }

    /// <summary>An item's start in milliseconds since 1970.</summary>
    public required Func<T, long?> Start { get; init; }

    /// <summary>An item's id.</summary>
    public required Func<T, long> Id { get; init; }

    /// <summary>The members that can be sorted by. Horreum pastes the name into its SQL: no other may reach it.</summary>
    public required IReadOnlyDictionary<string, Func<T, IComparable?>> SortKeys { get; init; }

    /// <summary>Which items count; null for all.</summary>
    public Func<T, bool>? Matches { get; init; }

    /// <summary>Whether the default time range applies when none is asked for.</summary>
    public bool UseDefaultRange { get; init; } = true;
}
