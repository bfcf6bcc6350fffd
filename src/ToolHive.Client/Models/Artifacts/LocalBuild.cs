namespace ToolHive.Client.Models.Artifacts;

/// <summary>An artifact built on this machine.</summary>
public sealed record LocalBuild
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Version.</summary>
    public string? Version { get; init; }

    /// <summary>What it does.</summary>
    public string? Description { get; init; }

    /// <summary>Digest.</summary>
    public string? Digest { get; init; }
}
