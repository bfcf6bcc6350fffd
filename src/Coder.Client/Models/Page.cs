namespace Coder.Client.Models;

/// <summary>One page of something that belongs to an agent.</summary>
/// <typeparam name="T">What is paged.</typeparam>
public sealed record Page<T>
{
    /// <summary>Name of the agent.</summary>
    public required string AgentName { get; init; }

    /// <summary>The items of the page.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Items on all pages.</summary>
    public required int TotalCount { get; init; }

    /// <summary>Number of the page, counted from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Most items on a page.</summary>
    public required int Size { get; init; }

    /// <summary>Whether more items follow.</summary>
    public bool HasNextPage => (long)Number * Size < TotalCount;

    /// <summary>Whether this is not the first page.</summary>
    public bool HasPreviousPage => Number > 1;
}
