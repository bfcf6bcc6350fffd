namespace ToolHive.Client.Models.Registry;

/// <summary>A registry with its whole catalogue.</summary>
public sealed record RegistryDetail : RegistryInfo
{
    /// <summary>What it offers.</summary>
    public RegistryCatalog? Registry { get; init; }
}
