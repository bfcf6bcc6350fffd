using System.Collections.ObjectModel;

namespace ToolHive.Client.Models.Workloads;

/// <summary>What to run from the registry, and with which settings.</summary>
public sealed record RunServerRequest
{
    /// <summary>Full name of the registry entry, or an unambiguous short one.</summary>
    public required string ServerName { get; init; }

    /// <summary>Name of the new workload; null makes one from the entry's name.</summary>
    public string? Name { get; init; }

    /// <summary>Group, which must exist; null for <c>default</c>.</summary>
    public string? Group { get; init; }

    /// <summary>Plain values of settings, by name. Secret values belong in <see cref="Secrets"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>Names of secrets in ToolHive's store, by the setting they are for.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>How long to wait until it runs; null (default) returns as soon as it is created.</summary>
    public TimeSpan? WaitFor { get; init; }
}
