using System.Text.Json.Serialization.Metadata;
using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models.Artifacts;

namespace ToolHive.Client.Clients;

/// <summary>What skills and plugins have in common: both are installed, built, pushed, synchronized and upgraded in the same way, under routes of their own.</summary>
internal abstract class InstallablesClient(ToolHiveConnection connection, string kind)
{
    private readonly string _base = ApiPath.Root + kind;

    protected static ToolHiveJsonContext Json => ToolHiveJsonContext.Default;

    public Task UninstallAsync(string name, string? scope = null, string? projectRoot = null, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Delete, Path(name, scope, projectRoot)), cancellationToken);

    public Task<ValidationReport> ValidateAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return connection.ReadAsync(
            ToolHiveConnection.WithBody(HttpMethod.Post, _base + "/validate", new PathBody { Path = path }, Json.PathBody),
            Json.ValidationReport,
            cancellationToken);
    }

    public async Task<string?> BuildAsync(string path, string? tag = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        PathBody body = new() { Path = path, Tag = tag };
        return (await PostAsync("/build", body, Json.PathBody, Json.ReferenceBody, cancellationToken).ConfigureAwait(false)).Reference;
    }

    public async Task<IReadOnlyList<LocalBuild>> ListBuildsAsync(CancellationToken cancellationToken = default) =>
        (await connection.ReadAsync(new ApiCall(HttpMethod.Get, _base + "/builds"), Json.BuildsAnswer, cancellationToken).ConfigureAwait(false)).Builds ?? [];

    public Task DeleteBuildAsync(string tag, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Delete, $"{_base}/builds/{ApiPath.Segment(tag, nameof(tag))}"), cancellationToken);

    public virtual Task<SyncResult> SyncAsync(SyncRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync("/sync", request, Json.SyncRequest, Json.SyncResult, cancellationToken);
    }

    public virtual async Task<IReadOnlyList<UpgradeOutcome>> UpgradeAsync(UpgradeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (await PostAsync("/upgrade", request, Json.UpgradeRequest, Json.UpgradeOutcomesAnswer, cancellationToken).ConfigureAwait(false)).Outcomes ?? [];
    }

    protected Task<T> ListAsync<T>(ArtifactQuery? query, JsonTypeInfo<T> answer, CancellationToken cancellationToken) => connection.ReadAsync(
        new ApiCall(
            HttpMethod.Get,
            ApiPath.WithQuery(_base, ("scope", query?.Scope), ("client", query?.Client), ("project_root", query?.ProjectRoot), ("group", query?.Group))),
        answer,
        cancellationToken);

    protected Task<T> GetAsync<T>(string name, string? scope, string? projectRoot, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Get, Path(name, scope, projectRoot)), answer, cancellationToken);

    protected Task<T> InstallAsync<T>(InstallRequest request, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync("", request, Json.InstallRequest, answer, cancellationToken);
    }

    protected Task<T> GetContentAsync<T>(string reference, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        return connection.ReadAsync(new ApiCall(HttpMethod.Get, ApiPath.WithQuery(_base + "/content", ("ref", reference))) { IsLong = true }, answer, cancellationToken);
    }

    protected Task PushAsync<T>(T body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        connection.SendAsync(ToolHiveConnection.WithBody(HttpMethod.Post, _base + "/push", body, type).AsLong(), cancellationToken);

    // What works on packages takes its time.
    private Task<TAnswer> PostAsync<TBody, TAnswer>(
        string route, TBody body, JsonTypeInfo<TBody> type, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken) =>
        connection.ReadAsync(ToolHiveConnection.WithBody(HttpMethod.Post, _base + route, body, type).AsLong(), answer, cancellationToken);

    private string Path(string name, string? scope, string? projectRoot) =>
        ApiPath.WithQuery($"{_base}/{ApiPath.Segment(name, nameof(name))}", ("scope", scope), ("project_root", projectRoot));
}
