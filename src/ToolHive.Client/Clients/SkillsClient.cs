using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models.Artifacts;
using ToolHive.Client.Models.Skills;

namespace ToolHive.Client.Clients;

internal sealed class SkillsClient(ToolHiveConnection connection) : ISkillsClient
{
    private const string Base = ApiPath.Root + "skills";

    private static ToolHiveJsonContext Json => ToolHiveJsonContext.Default;

    public async Task<IReadOnlyList<InstalledSkill>> ListAsync(ArtifactQuery? query = null, CancellationToken cancellationToken = default)
    {
        string path = ApiPath.WithQuery(
            Base, ("scope", query?.Scope), ("client", query?.Client), ("project_root", query?.ProjectRoot), ("group", query?.Group));
        return (await connection.ReadAsync(new ApiCall(HttpMethod.Get, path), Json.SkillsAnswer, cancellationToken).ConfigureAwait(false)).Skills ?? [];
    }

    public Task<SkillInfo> GetAsync(string name, string? scope = null, string? projectRoot = null, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Get, Path(name, scope, projectRoot)), Json.SkillInfo, cancellationToken);

    public async Task<SkillInstallation> InstallAsync(InstallRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ApiCall call = ToolHiveConnection.WithBody(HttpMethod.Post, Base, request, Json.InstallRequest).AsLong();
        return await connection.ReadAsync(call, Json.SkillInstallation, cancellationToken).ConfigureAwait(false);
    }

    public Task UninstallAsync(string name, string? scope = null, string? projectRoot = null, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Delete, Path(name, scope, projectRoot)), cancellationToken);

    public Task<SkillContent> GetContentAsync(string reference, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        return connection.ReadAsync(
            new ApiCall(HttpMethod.Get, ApiPath.WithQuery(Base + "/content", ("ref", reference))) { IsLong = true }, Json.SkillContent, cancellationToken);
    }

    public Task<ValidationReport> ValidateAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return connection.ReadAsync(
            ToolHiveConnection.WithBody(HttpMethod.Post, Base + "/validate", new PathBody { Path = path }, Json.PathBody),
            Json.ValidationReport,
            cancellationToken);
    }

    public async Task<string?> BuildAsync(string path, string? tag = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ApiCall call = ToolHiveConnection.WithBody(
            HttpMethod.Post, Base + "/build", new PathBody { Path = path, Tag = tag }, Json.PathBody).AsLong();
        return (await connection.ReadAsync(call, Json.ReferenceBody, cancellationToken).ConfigureAwait(false)).Reference;
    }

    public Task PushAsync(string reference, SkillSigning? signing = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        PushSkillBody body = new() { Reference = reference, NoSign = signing?.Skip, Key = signing?.Key, IdentityToken = signing?.IdentityToken };
        return connection.SendAsync(
            ToolHiveConnection.WithBody(HttpMethod.Post, Base + "/push", body, Json.PushSkillBody).AsLong(), cancellationToken);
    }

    public async Task<IReadOnlyList<LocalBuild>> ListBuildsAsync(CancellationToken cancellationToken = default) =>
        (await connection.ReadAsync(new ApiCall(HttpMethod.Get, Base + "/builds"), Json.BuildsAnswer, cancellationToken).ConfigureAwait(false)).Builds ?? [];

    public Task DeleteBuildAsync(string tag, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Delete, $"{Base}/builds/{ApiPath.Segment(tag, nameof(tag))}"), cancellationToken);

    public Task<SyncResult> SyncAsync(SyncRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return connection.ReadAsync(
            ToolHiveConnection.WithBody(HttpMethod.Post, Base + "/sync", request, Json.SyncRequest).AsLong(), Json.SyncResult, cancellationToken);
    }

    public async Task<IReadOnlyList<UpgradeOutcome>> UpgradeAsync(UpgradeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ApiCall call = ToolHiveConnection.WithBody(HttpMethod.Post, Base + "/upgrade", request, Json.UpgradeRequest).AsLong();
        return (await connection.ReadAsync(call, Json.UpgradeOutcomesAnswer, cancellationToken).ConfigureAwait(false)).Outcomes ?? [];
    }

    private static string Path(string name, string? scope, string? projectRoot) =>
        ApiPath.WithQuery($"{Base}/{ApiPath.Segment(name, nameof(name))}", ("scope", scope), ("project_root", projectRoot));
}
