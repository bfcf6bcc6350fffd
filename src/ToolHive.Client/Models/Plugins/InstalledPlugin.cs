using System.Collections.ObjectModel;
using ToolHive.Client.Models.Artifacts;

namespace ToolHive.Client.Models.Plugins;

/// <summary>A plugin that is installed.</summary>
public sealed record InstalledPlugin
{
    /// <summary>What it says about itself.</summary>
    public PluginMetadata? Metadata { get; init; }

    /// <summary>OCI reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Digest.</summary>
    public string? Digest { get; init; }

    /// <summary>Signature.</summary>
    public string? Signature { get; init; }

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

    /// <summary>Number of components by kind: <c>commands</c>, <c>agents</c>, <c>skills</c>, <c>hooks</c>, <c>mcpServers</c>, <c>lspServers</c>.</summary>
    public IReadOnlyDictionary<string, int> Components { get => field ?? ReadOnlyDictionary<string, int>.Empty; init; }

    /// <summary>What it needs.</summary>
    public IReadOnlyList<ArtifactDependency> Dependencies { get => field ?? []; init; }

    /// <summary>True when a lock file names it.</summary>
    public bool Managed { get; init; }
}
