namespace Horreum.Client.Clients.Queries;

/// <summary>Which reports to list.</summary>
public sealed record ReportListQuery : ListQuery
{
    /// <summary>Folder of the tests; <c>*</c> means all.</summary>
    public string? Folder { get; init; }

    /// <summary><c>__my</c>, <c>__all</c>, or role names separated by <c>;</c>.</summary>
    public string? Roles { get; init; }

    /// <summary>Id of the test.</summary>
    public int? TestId { get; init; }

    internal override void AddTo(RequestPath path)
    {
        base.AddTo(path);
        path.Add("folder", Folder).Add("roles", Roles).Add("test", TestId);
    }
}
