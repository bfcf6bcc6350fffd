namespace Coder.Client.Clients.Wire;

/// <summary>The conversation of a task.</summary>
public sealed record CoderTaskLogs
{
    /// <summary>The entries, oldest first.</summary>
    public IReadOnlyList<CoderTaskLogEntry> Logs { get => field ?? []; init => field = WireList.WithoutNulls(value); }

    /// <summary>Whether this is a stored snapshot because the task does not run (Coder 2.32 and later).</summary>
    public bool? Snapshot { get; init; }

    /// <summary>When the snapshot was taken.</summary>
    public DateTimeOffset? SnapshotAt { get; init; }
}
