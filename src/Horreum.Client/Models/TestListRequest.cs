namespace Horreum.Client.Models;

/// <summary>Which tests to list.</summary>
public sealed record TestListRequest : PageRequest
{
    /// <summary>Text that the name contains, in any case.</summary>
    public string? Name { get; init; }

    /// <summary>Folder; null means all folders.</summary>
    public string? Folder { get; init; }

    /// <summary><c>__my</c>, <c>__all</c>, or role names separated by <c>;</c>.</summary>
    public string? Roles { get; init; }

    /// <summary>Order by name.</summary>
    public SortDirection? Direction { get; init; }
}
