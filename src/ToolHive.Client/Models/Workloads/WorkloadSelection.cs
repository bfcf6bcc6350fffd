namespace ToolHive.Client.Models.Workloads;

/// <summary>Several workloads: either by name or all of a group.</summary>
public sealed record WorkloadSelection
{
    private WorkloadSelection()
    {
    }

    /// <summary>Their names; null when a group chooses.</summary>
    public IReadOnlyList<string>? Names { get; private init; }

    /// <summary>Their group; null when names choose.</summary>
    public string? Group { get; private init; }

    /// <summary>Chooses by name.</summary>
    /// <exception cref="ArgumentException">No name, or an empty one.</exception>
    public static WorkloadSelection ByName(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Count > 0 && names.All(name => !string.IsNullOrWhiteSpace(name))
            ? new WorkloadSelection { Names = [.. names] }
            : throw new ArgumentException("Give at least one name, none of them empty.", nameof(names));
    }

    /// <summary>Chooses all workloads of a group.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static WorkloadSelection ByGroup(string group)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(group);
        return new WorkloadSelection { Group = group };
    }
}
