using ToolHive.Client.Models.Artifacts;
using ToolHive.Client.Models.Plugins;

namespace ToolHive.Client.Clients;

/// <summary>Plugins: packages of commands, agents, skills and hooks for AI clients.</summary>
public interface IPluginsClient
{
    /// <summary>Lists installed plugins.</summary>
    Task<IReadOnlyList<InstalledPlugin>> ListAsync(ArtifactQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>One installed plugin.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scope"><c>user</c>, <c>project</c>, or null for ToolHive's default.</param>
    /// <param name="projectRoot">Folder of the project, for the scope <c>project</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PluginInfo> GetAsync(string name, string? scope = null, string? projectRoot = null, CancellationToken cancellationToken = default);

    /// <summary>Installs a plugin. An installed one is refused with 409 unless <see cref="InstallRequest.Force"/> is set.</summary>
    Task<InstalledPlugin> InstallAsync(InstallRequest request, CancellationToken cancellationToken = default);

    /// <summary>Uninstalls a plugin.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scope"><c>user</c>, <c>project</c>, or null for ToolHive's default.</param>
    /// <param name="projectRoot">Folder of the project, for the scope <c>project</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task UninstallAsync(string name, string? scope = null, string? projectRoot = null, CancellationToken cancellationToken = default);

    /// <summary>Reads a plugin from a registry without installing it.</summary>
    Task<PluginContent> GetContentAsync(string reference, CancellationToken cancellationToken = default);

    /// <summary>Checks a folder.</summary>
    Task<ValidationReport> ValidateAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Builds a folder.</summary>
    /// <param name="path">The folder, on ToolHive's machine.</param>
    /// <param name="tag">Tag of the build; null for one ToolHive chooses.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Reference of the build.</returns>
    Task<string?> BuildAsync(string path, string? tag = null, CancellationToken cancellationToken = default);

    /// <summary>Pushes a build to its OCI registry.</summary>
    Task PushAsync(string reference, CancellationToken cancellationToken = default);

    /// <summary>Lists local builds.</summary>
    Task<IReadOnlyList<LocalBuild>> ListBuildsAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes a local build.</summary>
    Task DeleteBuildAsync(string tag, CancellationToken cancellationToken = default);

    /// <summary>Brings a project's plugins in line with its lock file.</summary>
    Task<SyncResult> SyncAsync(SyncRequest request, CancellationToken cancellationToken = default);

    /// <summary>Upgrades a project's plugins.</summary>
    Task<IReadOnlyList<UpgradeOutcome>> UpgradeAsync(UpgradeRequest request, CancellationToken cancellationToken = default);
}
