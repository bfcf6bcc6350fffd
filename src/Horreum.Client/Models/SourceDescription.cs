namespace Horreum.Client.Models;

/// <summary>What this source can do and where its limits are.</summary>
public sealed record SourceDescription
{
    /// <summary>Kind of source.</summary>
    public required string SourceType { get; init; }

    /// <summary>Version of this package.</summary>
    public required string Version { get; init; }

    /// <summary>Version of the Source MCP Contract.</summary>
    public required string ContractVersion { get; init; }

    /// <summary>What it can do.</summary>
    public required SourceCapabilities Capabilities { get; init; }

    /// <summary>Where its limits are.</summary>
    public required SourceLimits Limits { get; init; }
}
