namespace Coder.Client.Clients.Wire;

/// <summary>One page of workspaces.</summary>
public sealed record WorkspacePage
{
    /// <summary>The workspaces of the page.</summary>
    public IReadOnlyList<Workspace> Workspaces { get => field ?? []; init => field = WireList.WithoutNulls(value); }

    /// <summary>How many match in total, before paging.</summary>
    public int Count { get; init; }
}
