namespace Horreum.Client.Models;

/// <summary>What one call to a list answered.</summary>
/// <param name="Items">The items, in the list's order; null where an element cannot be read, so that what follows keeps its rank.</param>
/// <param name="Total">How many the list has; null when the server's count cannot be trusted.</param>
/// <param name="Warnings">What is odd about the answer.</param>
internal sealed record ListSlice<T>(IReadOnlyList<T?> Items, long? Total, IReadOnlyList<string> Warnings)
    where T : class
{
    /// <summary>An answer in which nothing is odd.</summary>
    public ListSlice(IReadOnlyList<T?> items, long? total)
        : this(items, total, [])
    {
    }
}
