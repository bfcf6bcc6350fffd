namespace Coder.Client.Clients.Wire;

/// <summary>Tasks that match a query.</summary>
public sealed record CoderTaskPage
{
    /// <summary>The tasks.</summary>
    public IReadOnlyList<CoderTask> Tasks { get => field ?? []; init => field = WireList.WithoutNulls(value); }

    /// <summary>How many.</summary>
    public int Count { get; init; }
}
