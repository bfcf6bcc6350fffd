using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models.Artifacts;
using ToolHive.Client.Models.Plugins;

namespace ToolHive.Client.Clients;

internal sealed class PluginsClient(ToolHiveConnection connection) : IPluginsClient
{
    private const string Base = ApiPath.Root + "plugins";

    private static ToolHiveJsonContext Json => ToolHiveJsonContext.Default;

    public async Task<IReadOnlyList<InstalledPlugin>> ListAsync(ArtifactQuery? query = null, CancellationToken cancellationToken = default)
    {
        string path = ApiPath.WithQuery(
            Base, ("scope", query?.Scope), ("client", query?.Client), ("project_root", query?.ProjectRoot), ("group", query?.Group));
        return (await connection.ReadAsync(new ApiCall(HttpMethod.Get, path), Json.PluginsAnswer, cancellationToken).ConfigureAwait(false)).Plugins ?? [];
    }

    public Task<PluginInfo> GetAsync(string name, string? scope = null, string? projectRoot = null, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Get, Path(name, scope, projectRoot)), Json.PluginInfo, cancellationToken);

    public async Task<InstalledPlugin> InstallAsync(InstallRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ThrowIfForSkills(request.AllowUnsigned, nameof(request.AllowUnsigned));
        ApiCall call = ToolHiveConnection.WithBody(HttpMethod.Post, Base, request, Json.InstallRequest).AsLong();
        return (await connection.ReadAsync(call, Json.PluginInstallAnswer, cancellationToken).ConfigureAwait(false)).Plugin ?? new InstalledPlugin();
    }

    public Task UninstallAsync(string name, string? scope = null, string? projectRoot = null, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Delete, Path(name, scope, projectRoot)), cancellationToken);

    public Task<PluginContent> GetContentAsync(string reference, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        return connection.ReadAsync(
            new ApiCall(HttpMethod.Get, ApiPath.WithQuery(Base + "/content", ("ref", reference))) { IsLong = true }, Json.PluginContent, cancellationToken);
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

    public Task PushAsync(string reference, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        ReferenceBody body = new() { Reference = reference };
        return connection.SendAsync(
            ToolHiveConnection.WithBody(HttpMethod.Post, Base + "/push", body, Json.ReferenceBody).AsLong(), cancellationToken);
    }

    public async Task<IReadOnlyList<LocalBuild>> ListBuildsAsync(CancellationToken cancellationToken = default) =>
        (await connection.ReadAsync(new ApiCall(HttpMethod.Get, Base + "/builds"), Json.BuildsAnswer, cancellationToken).ConfigureAwait(false)).Builds ?? [];

    public Task DeleteBuildAsync(string tag, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Delete, $"{Base}/builds/{ApiPath.Segment(tag, nameof(tag))}"), cancellationToken);

    public Task<SyncResult> SyncAsync(SyncRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ThrowIfForSkills(request.AllowUnsigned, nameof(request.AllowUnsigned));
        return connection.ReadAsync(
            ToolHiveConnection.WithBody(HttpMethod.Post, Base + "/sync", request, Json.SyncRequest).AsLong(), Json.SyncResult, cancellationToken);
    }

    public async Task<IReadOnlyList<UpgradeOutcome>> UpgradeAsync(UpgradeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ThrowIfForSkills(request.AllowSignerChange, nameof(request.AllowSignerChange));
        ApiCall call = ToolHiveConnection.WithBody(HttpMethod.Post, Base + "/upgrade", request, Json.UpgradeRequest).AsLong();
        return (await connection.ReadAsync(call, Json.UpgradeOutcomesAnswer, cancellationToken).ConfigureAwait(false)).Outcomes ?? [];
    }

    private static string Path(string name, string? scope, string? projectRoot) =>
        ApiPath.WithQuery($"{Base}/{ApiPath.Segment(name, nameof(name))}", ("scope", scope), ("project_root", projectRoot));

    private static void ThrowIfForSkills(bool? value, string member)
    {
        if (value is not null)
        {
            throw new ArgumentException($"{member} is for skills only; leave it null for plugins.");
        }
    }
}
