namespace ToolHive.Client.Models.Groups;

/// <summary>A group of workloads, and what is registered with it.</summary>
public sealed record Group
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>AI clients that see its workloads.</summary>
    public IReadOnlyList<string> RegisteredClients { get => field ?? []; init; }

    /// <summary>Skills in it.</summary>
    public IReadOnlyList<string> Skills { get => field ?? []; init; }

    /// <summary>Plugins in it.</summary>
    public IReadOnlyList<string> Plugins { get => field ?? []; init; }
}
