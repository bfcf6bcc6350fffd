namespace ToolHive.Client.Models.Workloads;

/// <summary>A secret of ToolHive's store and where its value goes.</summary>
public sealed record SecretReference
{
    /// <summary>Name of the secret.</summary>
    public string? Name { get; init; }

    /// <summary>Environment variable (or setting) that receives its value.</summary>
    public string? Target { get; init; }
}
