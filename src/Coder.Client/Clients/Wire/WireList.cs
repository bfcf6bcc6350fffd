namespace Coder.Client.Clients.Wire;

/// <summary>Lists as they come over the wire, where an element can be null.</summary>
internal static class WireList
{
    public static IReadOnlyList<T>? WithoutNulls<T>(IReadOnlyList<T>? items) =>
        items is null || items.All(item => item is not null) ? items : [.. items.Where(item => item is not null)];
}
