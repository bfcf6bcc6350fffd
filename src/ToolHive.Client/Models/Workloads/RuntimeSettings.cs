using System.Collections.ObjectModel;

namespace ToolHive.Client.Models.Workloads;

/// <summary>How ToolHive builds an image for a package scheme.</summary>
public sealed record RuntimeSettings
{
    /// <summary>System packages to install.</summary>
    public IReadOnlyList<string> AdditionalPackages { get => field ?? []; init; }

    /// <summary>Extra build steps.</summary>
    public IReadOnlyList<string> BuildWith { get => field ?? []; init; }

    /// <summary>Image to build in.</summary>
    public string? BuilderImage { get; init; }

    /// <summary>Environment of the build.</summary>
    public IReadOnlyDictionary<string, string> RuntimeEnv { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }
}
