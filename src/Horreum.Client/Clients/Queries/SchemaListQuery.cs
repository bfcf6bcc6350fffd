namespace Horreum.Client.Clients.Queries;

/// <summary>Which schemas to list.</summary>
public sealed record SchemaListQuery : ListQuery
{
    /// <summary><c>__my</c>, <c>__all</c>, or role names separated by <c>;</c>.</summary>
    public string? Roles { get; init; }

    /// <summary>Text that the name or the URI contains.</summary>
    public string? Name { get; init; }

    internal override void AddTo(RequestPath path)
    {
        base.AddTo(path);
        path.Add("roles", Roles).Add("name", Name);
    }
}
