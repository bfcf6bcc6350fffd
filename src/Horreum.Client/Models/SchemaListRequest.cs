namespace Horreum.Client.Models;

/// <summary>Which schemas to list.</summary>
public sealed record SchemaListRequest : PageRequest
{
    /// <summary>Text that the name or the URI contains.</summary>
    public string? Name { get; init; }

    /// <summary><c>__my</c>, <c>__all</c>, or role names separated by <c>;</c>.</summary>
    public string? Roles { get; init; }

    /// <summary>Column to sort by; name without it.</summary>
    public string? Sort { get; init; }

    /// <summary>Order.</summary>
    public SortDirection? Direction { get; init; }
}
