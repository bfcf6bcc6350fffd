using System.Collections.ObjectModel;
namespace ToolHive.Client.Models.Plugins;

/// <summary>One installed plugin.</summary>
public sealed record PluginInfo
{
    /// <summary>The installation.</summary>
    public InstalledPlugin? InstalledPlugin { get; init; }

    /// <summary>What it says about itself.</summary>
    public PluginMetadata? Metadata { get; init; }

    /// <summary>AI clients that cannot keep it to one project.</summary>
    public IReadOnlyList<string> ProjectScopeDegradedClients { get => field ?? []; init; }

    /// <summary>Kinds of component that an AI client cannot use, by client.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> UnmaterializedComponents
    {
        get => field ?? ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;
        init;
    }
}
