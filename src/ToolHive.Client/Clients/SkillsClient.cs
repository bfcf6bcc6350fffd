using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models.Artifacts;
using ToolHive.Client.Models.Skills;

namespace ToolHive.Client.Clients;

internal sealed class SkillsClient(ToolHiveConnection connection) : InstallablesClient(connection, "skills"), ISkillsClient
{
    public async Task<IReadOnlyList<InstalledSkill>> ListAsync(ArtifactQuery? query = null, CancellationToken cancellationToken = default) =>
        (await ListAsync(query, Json.SkillsAnswer, cancellationToken).ConfigureAwait(false)).Skills ?? [];

    public Task<SkillInfo> GetAsync(string name, string? scope = null, string? projectRoot = null, CancellationToken cancellationToken = default) =>
        GetAsync(name, scope, projectRoot, Json.SkillInfo, cancellationToken);

    public async Task<SkillInstallation> InstallAsync(InstallRequest request, CancellationToken cancellationToken = default) =>
        await InstallAsync(request, Json.SkillInstallation, cancellationToken).ConfigureAwait(false);

    public Task<SkillContent> GetContentAsync(string reference, CancellationToken cancellationToken = default) =>
        GetContentAsync(reference, Json.SkillContent, cancellationToken);

    public Task PushAsync(string reference, SkillSigning? signing = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        PushSkillBody body = new() { Reference = reference, NoSign = signing?.Skip, Key = signing?.Key, IdentityToken = signing?.IdentityToken };
        return PushAsync(body, Json.PushSkillBody, cancellationToken);
    }
}
