using System.Text.Json;
using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Clients;

internal sealed class WorkloadsClient(ToolHiveConnection connection) : IWorkloadsClient
{
    private const string Base = ApiPath.Root + "workloads";

    public async Task<WorkloadListing> ListAsync(WorkloadQuery? query = null, CancellationToken cancellationToken = default)
    {
        ApiCall call = new(HttpMethod.Get, WithQuery(Base, query));
        JsonElement answer = await connection.ReadAsync(call, ToolHiveJsonContext.Default.JsonElement, cancellationToken).ConfigureAwait(false);
        return WorkloadListReader.Read(answer);
    }

    public Task<WorkloadDetail> GetAsync(string name, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Get, Path(name)), ToolHiveJsonContext.Default.WorkloadDetail, cancellationToken);

    public Task<WorkloadCreated> CreateAsync(CreateWorkloadRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WorkloadNames.ThrowIfIllegal(request.Name, nameof(request));
        int sources = (request.Image is null ? 0 : 1) + (request.Url is null ? 0 : 1) + (request.Registry is null && request.Server is null ? 0 : 1);
        if (sources != 1 || request.Registry is null != request.Server is null)
        {
            throw new ArgumentException($"Say what '{request.Name}' runs with exactly one of Image, Url, or Registry together with Server.", nameof(request));
        }

        ApiCall call = ToolHiveConnection.WithBody(HttpMethod.Post, Base, request, ToolHiveJsonContext.Default.CreateWorkloadRequest).AsLong();
        return connection.ReadAsync(call, ToolHiveJsonContext.Default.WorkloadCreated, cancellationToken);
    }

    public Task<WorkloadCreated> UpdateAsync(string name, UpdateWorkloadRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ApiCall call = ToolHiveConnection.WithBody(
            HttpMethod.Post, Path(name) + "/edit", request, ToolHiveJsonContext.Default.UpdateWorkloadRequest).AsLong();
        return connection.ReadAsync(call, ToolHiveJsonContext.Default.WorkloadCreated, cancellationToken);
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Delete, Path(name)), cancellationToken);

    public Task StopAsync(string name, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Post, Path(name) + "/stop"), cancellationToken);

    public Task RestartAsync(string name, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Post, Path(name) + "/restart"), cancellationToken);

    public Task DeleteAsync(WorkloadSelection selection, CancellationToken cancellationToken = default) =>
        SendBulkAsync("delete", selection, cancellationToken);

    public Task StopAsync(WorkloadSelection selection, CancellationToken cancellationToken = default) => SendBulkAsync("stop", selection, cancellationToken);

    public Task RestartAsync(WorkloadSelection selection, CancellationToken cancellationToken = default) =>
        SendBulkAsync("restart", selection, cancellationToken);

    public async Task<WorkloadStatus> GetStatusAsync(string name, CancellationToken cancellationToken = default) =>
        (await connection.ReadAsync(
            new ApiCall(HttpMethod.Get, Path(name) + "/status"),
            ToolHiveJsonContext.Default.WorkloadStatusAnswer,
            cancellationToken).ConfigureAwait(false)).Status;

    public IAsyncEnumerable<string> ReadLogsAsync(string name, CancellationToken cancellationToken = default) =>
        connection.ReadLinesAsync(new ApiCall(HttpMethod.Get, Path(name) + "/logs"), cancellationToken);

    public IAsyncEnumerable<string> ReadProxyLogsAsync(string name, CancellationToken cancellationToken = default) =>
        connection.ReadLinesAsync(new ApiCall(HttpMethod.Get, Path(name) + "/proxy-logs"), cancellationToken);

    public Task<RunConfig> ExportAsync(string name, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Get, Path(name) + "/export"), ToolHiveJsonContext.Default.RunConfig, cancellationToken);

    public async Task<UpgradeCheck> CheckUpgradeAsync(string name, CancellationToken cancellationToken = default) =>
        (await connection.ReadAsync(
            new ApiCall(HttpMethod.Get, Path(name) + "/upgrade-check"),
            ToolHiveJsonContext.Default.UpgradeCheckAnswer,
            cancellationToken).ConfigureAwait(false)).Result
            ?? new UpgradeCheck { WorkloadName = name };

    public async Task<IReadOnlyList<UpgradeCheck>> CheckUpgradesAsync(WorkloadQuery? query = null, CancellationToken cancellationToken = default) =>
        (await connection.ReadAsync(
            new ApiCall(HttpMethod.Get, WithQuery(Base + "/upgrade-check", query)),
            ToolHiveJsonContext.Default.UpgradeChecksAnswer,
            cancellationToken).ConfigureAwait(false)).Results
            ?? [];

    public async Task<UpgradeCheck> UpgradeAsync(string name, UpgradeWorkloadRequest? request = null, CancellationToken cancellationToken = default)
    {
        UpgradeWorkloadRequest body = request ?? new UpgradeWorkloadRequest();
        ApiCall call = ToolHiveConnection.WithBody(
            HttpMethod.Post, Path(name) + "/upgrade", body, ToolHiveJsonContext.Default.UpgradeWorkloadRequest).AsLong();
        return (await connection.ReadAsync(call, ToolHiveJsonContext.Default.UpgradeCheckAnswer, cancellationToken).ConfigureAwait(false)).Result
            ?? new UpgradeCheck { WorkloadName = name };
    }

    private Task SendBulkAsync(string verb, WorkloadSelection selection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        SelectionBody body = new() { Names = selection.Names, Group = selection.Group };
        return connection.SendAsync(
            ToolHiveConnection.WithBody(HttpMethod.Post, $"{Base}/{verb}", body, ToolHiveJsonContext.Default.SelectionBody), cancellationToken);
    }

    private static string Path(string name) => $"{Base}/{ApiPath.Segment(name, nameof(name))}";

    private static string WithQuery(string path, WorkloadQuery? query) =>
        ApiPath.WithQuery(path, ("all", query is null or { All: true } ? "true" : null), ("group", query?.Group));
}
