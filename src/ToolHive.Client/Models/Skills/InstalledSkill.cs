using ToolHive.Client.Models.Artifacts;

namespace ToolHive.Client.Models.Skills;

/// <summary>A skill that is installed.</summary>
public sealed record InstalledSkill
{
    /// <summary>What it says about itself.</summary>
    public SkillMetadata? Metadata { get; init; }

    /// <summary>OCI reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Digest.</summary>
    public string? Digest { get; init; }

    /// <summary><c>user</c> or <c>project</c>.</summary>
    public string? Scope { get; init; }

    /// <summary>Folder of its project.</summary>
    public string? ProjectRoot { get; init; }

    /// <summary><c>installed</c>, <c>pending</c>, <c>failed</c>, or another word.</summary>
    public string? Status { get; init; }

    /// <summary>When, as ToolHive writes it.</summary>
    public string? InstalledAt { get; init; }

    /// <summary>AI clients it is installed for.</summary>
    public IReadOnlyList<string> Clients { get => field ?? []; init; }

    /// <summary>What it needs.</summary>
    public IReadOnlyList<ArtifactDependency> Dependencies { get => field ?? []; init; }

    /// <summary>True when a lock file names it.</summary>
    public bool Managed { get; init; }
}
