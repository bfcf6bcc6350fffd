namespace ToolHive.Client.Models.Registry;

/// <summary>A registry entry that matches a search.</summary>
public sealed record RegistryMatch
{
    /// <summary>The entry.</summary>
    public required RegistryServer Server { get; init; }

    /// <summary>How well it matches; only comparable within one result.</summary>
    public double Score { get; init; }
}
