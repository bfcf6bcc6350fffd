namespace McpOptimizer.Core.Models;

/// <summary>A set of changes that becomes visible to searches at once.</summary>
public sealed record IndexChange
{
    /// <summary>Servers that are new or whose tools, name, or description changed; each replaces the server with its id.</summary>
    public IReadOnlyList<ServerDocument> Upserted { get => field ?? []; init; }

    /// <summary>Servers whose state alone changed (status, group, virtual flag): their tools stay indexed as they are.</summary>
    public IReadOnlyList<ServerState> StateChanged { get => field ?? []; init; }

    /// <summary>Ids of servers that are gone, with all their tools.</summary>
    public IReadOnlyList<string> RemovedServerIds { get => field ?? []; init; }
}
