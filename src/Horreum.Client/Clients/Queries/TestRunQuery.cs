namespace Horreum.Client.Clients.Queries;

/// <summary>Which runs of a test to list.</summary>
public sealed record TestRunQuery : ListQuery
{
    /// <summary>Whether to include trashed runs.</summary>
    public bool? Trashed { get; init; }

    internal override void AddTo(RequestPath path)
    {
        base.AddTo(path);
        path.Add("trashed", Trashed);
    }
}
