using System.Text.Json;
using ToolHive.Client.Clients.Discovery;
using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models.ClientApps;
using ToolHive.Client.Models.System;

namespace ToolHive.Client.Clients;

internal sealed class SystemClient(ToolHiveConnection connection, EndpointProvider endpoints) : ISystemClient
{
    public Task<HealthStatus> GetHealthAsync(CancellationToken cancellationToken = default) =>
        connection.SendAsync(new ApiCall(HttpMethod.Get, "health"), ReadHealthAsync, cancellationToken);

    public async Task<string> GetVersionAsync(CancellationToken cancellationToken = default) =>
        (await connection.ReadAsync(
            new ApiCall(HttpMethod.Get, ApiPath.Root + "version"), ToolHiveJsonContext.Default.VersionAnswer, cancellationToken).ConfigureAwait(false)).Version
            ?? "unknown";

    public Task<JsonElement> GetOpenApiAsync(CancellationToken cancellationToken = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Get, "api/openapi.json"), ToolHiveJsonContext.Default.JsonElement, cancellationToken);

    public async Task<IReadOnlyList<ClientAppStatus>> DiscoverClientsAsync(CancellationToken cancellationToken = default) =>
        (await connection.ReadAsync(
            new ApiCall(HttpMethod.Get, ApiPath.Root + "discovery/clients"),
            ToolHiveJsonContext.Default.ClientStatusAnswer,
            cancellationToken).ConfigureAwait(false)).Clients
            ?? [];

    public async Task<Uri> GetAddressAsync(CancellationToken cancellationToken = default) =>
        (await endpoints.GetAsync(isFirstAttempt: true, cancellationToken).ConfigureAwait(false)).BaseAddress;

    private static async Task<HealthStatus> ReadHealthAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string? nonce = response.Headers.TryGetValues("X-Toolhive-Nonce", out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
        if (response.IsSuccessStatusCode)
        {
            return new HealthStatus { IsHealthy = true, Nonce = nonce };
        }

        ToolHiveApiException error = await ApiErrors.ReadAsync("GET /health", response, [], TimeProvider.System, cancellationToken).ConfigureAwait(false);
        return new HealthStatus { IsHealthy = false, Nonce = nonce, Message = error.ResponseBody ?? error.Message };
    }
}
