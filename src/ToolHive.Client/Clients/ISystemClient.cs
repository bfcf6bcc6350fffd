using System.Text.Json;
using ToolHive.Client.Models.ClientApps;
using ToolHive.Client.Models.System;

namespace ToolHive.Client.Clients;

/// <summary>Health, version, API description and the AI clients on this machine.</summary>
public interface ISystemClient
{
    /// <summary>Asks whether ToolHive can work. An unhealthy ToolHive is an answer, not an exception.</summary>
    Task<HealthStatus> GetHealthAsync(CancellationToken cancellationToken = default);

    /// <summary>Version, such as <c>v0.44.0</c>.</summary>
    Task<string> GetVersionAsync(CancellationToken cancellationToken = default);

    /// <summary>ToolHive's own API description; only served when it was started with <c>--openapi</c>.</summary>
    Task<JsonElement> GetOpenApiAsync(CancellationToken cancellationToken = default);

    /// <summary>Which AI clients are installed and registered.</summary>
    Task<IReadOnlyList<ClientAppStatus>> DiscoverClientsAsync(CancellationToken cancellationToken = default);

    /// <summary>Address of the ToolHive in use, looking for it if need be. A socket or pipe shows as a stand-in host that ends with <c>.invalid</c>.</summary>
    Task<Uri> GetAddressAsync(CancellationToken cancellationToken = default);
}
