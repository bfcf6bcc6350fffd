using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Repositories.Backends;
using Microsoft.Extensions.Hosting;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Listens to backends that say that their tools, resources or prompts changed, and has them asked again at once.</summary>
internal sealed class BackendWatchService(IBackendRepository backends, PollingSignal polling, OfferingSignal offerings) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (BackendChange change in backends.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                if (change.Kind == BackendChangeKind.Tools)
                {
                    polling.LookAt(change.Endpoint.ServerName);
                }
                else
                {
                    offerings.LookAt(change.Endpoint.ServerName);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
