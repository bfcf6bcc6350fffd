namespace ToolHive.Client.Models.Workloads;

/// <summary>Values that an upgrade needs for new variables.</summary>
public sealed record UpgradeWorkloadRequest
{
    /// <summary>Environment to add.</summary>
    public IReadOnlyDictionary<string, string>? Env { get; init; }

    /// <summary>Secrets to add, each as <c>name,target=VARIABLE</c>.</summary>
    public IReadOnlyList<string>? Secrets { get; init; }
}
