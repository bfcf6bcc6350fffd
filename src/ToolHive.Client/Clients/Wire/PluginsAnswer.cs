using ToolHive.Client.Models.Plugins;

namespace ToolHive.Client.Clients.Wire;

/// <summary>Installed plugins.</summary>
internal sealed record PluginsAnswer
{
    public IReadOnlyList<InstalledPlugin>? Plugins { get; init; }
}
