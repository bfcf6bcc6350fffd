namespace ToolHive.Client.Models.Artifacts;

/// <summary>What comparing with the lock file found and did.</summary>
public sealed record SyncResult
{
    /// <summary>In line.</summary>
    public IReadOnlyList<string> AlreadyCurrent { get => field ?? []; init; }

    /// <summary>Differ.</summary>
    public IReadOnlyList<string> Drifted { get => field ?? []; init; }

    /// <summary>Installed now.</summary>
    public IReadOnlyList<string> Installed { get => field ?? []; init; }

    /// <summary>In the lock file only.</summary>
    public IReadOnlyList<string> Missing { get => field ?? []; init; }

    /// <summary>Installed, never in the lock file.</summary>
    public IReadOnlyList<string> NeverManaged { get => field ?? []; init; }

    /// <summary>Removed now.</summary>
    public IReadOnlyList<string> Pruned { get => field ?? []; init; }

    /// <summary>Dropped from the lock file.</summary>
    public IReadOnlyList<string> RemovedFromLock { get => field ?? []; init; }

    /// <summary>Failures.</summary>
    public IReadOnlyList<SyncFailure> Failed { get => field ?? []; init; }
}
