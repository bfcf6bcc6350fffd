using System.Text.Json;
using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Clients;

internal sealed class RegistryClient(ToolHiveConnection connection) : IRegistryClient
{
    private const string Base = ApiPath.Root + "registry";

    public async Task<IReadOnlyList<RegistryInfo>> ListAsync(CancellationToken cancellationToken = default) =>
        (await connection.ReadAsync(
            new ApiCall(HttpMethod.Get, Base), ToolHiveJsonContext.Default.RegistriesAnswer, cancellationToken).ConfigureAwait(false)).Registries
            ?? [];

    public Task AddAsync(CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Post, Base) { Body = "{}"u8.ToArray() }, cancellationToken);

    public async Task<RegistryDetail> GetAsync(string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default)
    {
        ApiCall call = new(HttpMethod.Get, Path(registry));
        return RegistryReader.ReadDetail(await ReadObjectAsync(call, cancellationToken).ConfigureAwait(false));
    }

    public async Task<string?> UpdateAsync(
        UpdateRegistryRequest request, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (new[] { request.Url, request.ApiUrl, request.LocalPath }.Count(source => source is not null) > 1)
        {
            throw new ArgumentException("Give at most one of Url, ApiUrl and LocalPath; none goes back to the built-in registry.", nameof(request));
        }

        ApiCall call = ToolHiveConnection.WithBody(
            HttpMethod.Put, Path(registry), request, ToolHiveJsonContext.Default.UpdateRegistryRequest).AsLong();
        return (await connection.ReadAsync(call, ToolHiveJsonContext.Default.UpdateRegistryAnswer, cancellationToken).ConfigureAwait(false)).Type;
    }

    public Task DeleteAsync(string registry, CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Delete, Path(registry)), cancellationToken);

    public Task<string?> RefreshAsync(string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default) =>
        ReadStatusAsync(Path(registry) + "/refresh", cancellationToken);

    public async Task<RegistryCatalog> ListServersAsync(string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default) =>
        RegistryReader.ReadCatalog(
            await ReadObjectAsync(new ApiCall(HttpMethod.Get, Path(registry) + "/servers"), cancellationToken, orList: true).ConfigureAwait(false));

    public async Task<RegistryServer> GetServerAsync(
        string serverName, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default)
    {
        ApiCall call = new(HttpMethod.Get, $"{Path(registry)}/servers/{ApiPath.Segment(serverName, nameof(serverName))}");
        JsonElement answer = await ReadObjectAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            return RegistryReader.ReadServer(answer)
                ?? throw ApiErrors.Unreadable(call.ToString(), System.Net.HttpStatusCode.OK, "it holds neither 'server' nor 'remote_server'");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw ApiErrors.Unreadable(call.ToString(), System.Net.HttpStatusCode.OK, e.Message);
        }
    }

    public Task<string?> LoginAsync(CancellationToken cancellationToken = default) => ReadStatusAsync(Base + "/auth/login", cancellationToken);

    public Task<string?> LogoutAsync(CancellationToken cancellationToken = default) => ReadStatusAsync(Base + "/auth/logout", cancellationToken);

    private async Task<string?> ReadStatusAsync(string path, CancellationToken cancellationToken) =>
        (await connection.ReadAsync(
            new ApiCall(HttpMethod.Post, path) { IsLong = true }, ToolHiveJsonContext.Default.StatusAnswer, cancellationToken).ConfigureAwait(false)).Status;

    private async Task<JsonElement> ReadObjectAsync(ApiCall call, CancellationToken cancellationToken, bool orList = false)
    {
        JsonElement answer = await connection.ReadAsync(call, ToolHiveJsonContext.Default.JsonElement, cancellationToken).ConfigureAwait(false);
        bool isExpected = answer.ValueKind == JsonValueKind.Object || (orList && answer.ValueKind == JsonValueKind.Array);
        return isExpected ? answer : throw ApiErrors.Unreadable(call.ToString(), System.Net.HttpStatusCode.OK, "it is no object");
    }

    private static string Path(string registry) => $"{Base}/{ApiPath.Segment(registry, nameof(registry))}";
}
