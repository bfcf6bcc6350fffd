using ToolHive.Client.Models.Plugins;

namespace ToolHive.Client.Clients.Wire;

/// <summary>A plugin that was installed.</summary>
internal sealed record PluginInstallAnswer
{
    public InstalledPlugin? Plugin { get; init; }
}
