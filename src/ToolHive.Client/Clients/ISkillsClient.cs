using ToolHive.Client.Models.Artifacts;
using ToolHive.Client.Models.Skills;

namespace ToolHive.Client.Clients;

/// <summary>Skills: packages of instructions for AI clients.</summary>
public interface ISkillsClient
{
    /// <summary>Lists installed skills.</summary>
    Task<IReadOnlyList<InstalledSkill>> ListAsync(ArtifactQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>One installed skill.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scope"><c>user</c>, <c>project</c>, or null for ToolHive's default.</param>
    /// <param name="projectRoot">Folder of the project, for the scope <c>project</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<SkillInfo> GetAsync(string name, string? scope = null, string? projectRoot = null, CancellationToken cancellationToken = default);

    /// <summary>Installs a skill. An installed one is refused with 409 unless <see cref="InstallRequest.Force"/> is set.</summary>
    Task<SkillInstallation> InstallAsync(InstallRequest request, CancellationToken cancellationToken = default);

    /// <summary>Uninstalls a skill.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scope"><c>user</c>, <c>project</c>, or null for ToolHive's default.</param>
    /// <param name="projectRoot">Folder of the project, for the scope <c>project</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task UninstallAsync(string name, string? scope = null, string? projectRoot = null, CancellationToken cancellationToken = default);

    /// <summary>Reads a skill from a registry without installing it.</summary>
    Task<SkillContent> GetContentAsync(string reference, CancellationToken cancellationToken = default);

    /// <summary>Checks a folder.</summary>
    Task<ValidationReport> ValidateAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Builds a folder.</summary>
    /// <param name="path">The folder, on ToolHive's machine.</param>
    /// <param name="tag">Tag of the build; null for one ToolHive chooses.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Reference of the build.</returns>
    Task<string?> BuildAsync(string path, string? tag = null, CancellationToken cancellationToken = default);

    /// <summary>Pushes a build to its OCI registry.</summary>
    /// <param name="reference">Reference of the build.</param>
    /// <param name="signing">How to sign it; null for ToolHive's default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task PushAsync(string reference, SkillSigning? signing = null, CancellationToken cancellationToken = default);

    /// <summary>Lists local builds.</summary>
    Task<IReadOnlyList<LocalBuild>> ListBuildsAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes a local build.</summary>
    Task DeleteBuildAsync(string tag, CancellationToken cancellationToken = default);

    /// <summary>Brings a project's skills in line with its lock file.</summary>
    Task<SyncResult> SyncAsync(SyncRequest request, CancellationToken cancellationToken = default);

    /// <summary>Upgrades a project's skills.</summary>
    Task<IReadOnlyList<UpgradeOutcome>> UpgradeAsync(UpgradeRequest request, CancellationToken cancellationToken = default);
}
