using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Models.Workloads;

/// <summary>Variables that an upgrade adds or drops.</summary>
public sealed record EnvVarDrift
{
    /// <summary>New ones.</summary>
    public IReadOnlyList<RegistryEnvVar> Added { get => field ?? []; init; }

    /// <summary>Dropped ones.</summary>
    public IReadOnlyList<RegistryEnvVar> Removed { get => field ?? []; init; }
}
