using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Hosting.Security;

/// <summary>
/// Looks at what is really listened on. The settings name addresses in more than one place, and code may add some: one that other machines reach,
/// on a host without a token, stops the start.
/// </summary>
internal sealed class BoundAddresses(McpHostOptions options, HostCredentials credentials, IServer server) : IHostedLifecycleService
{
    /// <summary>Addresses come from one place, where they are checked before anything listens.</summary>
    /// <exception cref="McpHostConfigurationException">The web server's own settings name some.</exception>
    public static void RefuseOthers(IConfiguration configuration)
    {
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            throw new McpHostConfigurationException(
                "Kestrel:Endpoints is set (in a settings file, the environment or the command line), but addresses are taken from Host:Urls only, so that they can be checked.");
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        ICollection<string> bound = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        string? open = credentials.TokenRequired ? null : bound.FirstOrDefault(address => !BindAddress.IsValid(address) || !BindAddress.IsLoopback(address));
        return open is null
            ? Task.CompletedTask
            : throw new McpHostConfigurationException(
                $"The server listens on '{ShownAddress.Of(open)}', which is reachable from other machines, but has no bearer token (Host:Urls says {string.Join(", ", options.Urls.Select(ShownAddress.Of))}).");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
