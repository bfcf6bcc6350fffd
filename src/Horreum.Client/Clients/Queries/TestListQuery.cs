namespace Horreum.Client.Clients.Queries;

/// <summary>Which tests to list.</summary>
public sealed record TestListQuery : ListQuery
{
    /// <summary><c>__my</c>, <c>__all</c>, or role names separated by <c>;</c>.</summary>
    public string? Roles { get; init; }

    internal override void AddTo(RequestPath path)
    {
        base.AddTo(path);
        path.Add("roles", Roles);
    }
}
