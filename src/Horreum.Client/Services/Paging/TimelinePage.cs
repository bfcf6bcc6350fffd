namespace Horreum.Client.Services.Paging;

/// <summary>A page of a timeline.</summary>
/// <param name="Items">The items.</param>
/// <param name="HasMore">Whether items follow.</param>
/// <param name="Total">How many items the interval holds; null when counting would need reading it.</param>
/// <param name="Rank">Rank in the whole list of the first item behind the page.</param>
/// <param name="Passed">How many places of the list the page takes: more than it has items when some cannot be read.</param>
internal sealed record TimelinePage<T>(IReadOnlyList<T> Items, bool HasMore, long? Total, long Rank, int Passed);
