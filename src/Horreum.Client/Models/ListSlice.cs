namespace Horreum.Client.Models;

/// <summary>What one call to a list answered.</summary>
/// <param name="Items">The items, in the list's order.</param>
/// <param name="Total">How many the list has; null when the server's count cannot be trusted.</param>
public sealed record ListSlice<T>(IReadOnlyList<T> Items, long? Total);
