using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Ingestion.Look;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Looks at resources and prompts after each ingestion and when a backend says that they changed; beside the tools, so that it holds up nothing.</summary>
internal sealed partial class OfferingPollingService(
    OfferingIngestion ingestion, OfferingSignal signal, IngestionStatus status, ToolIndexes indexes, ILogger<OfferingPollingService> logger) : BackgroundService
{
    // The first look takes in, the second reads everything once more to compare it; later ones know the listings by their marks.
    private const int LargeLooks = 2;

    private int _looks;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                LookRequest request = await signal.WaitAsync(stoppingToken).ConfigureAwait(false);
                await ingestion.RunAsync(request.IsAll ? null : request.Servers, stoppingToken).ConfigureAwait(false);
                ReleaseAfterLargeLook();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The host stops.
            }
#pragma warning disable CA1031 // A loop that ends would stop noticing changes for ever; the next look starts afresh.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogFailed(e);
            }
        }
    }

    // The last step of a look at a catalogue: what all steps took is not needed again.
    private void ReleaseAfterLargeLook()
    {
        if (_looks < LargeLooks && status.IsFirstIngestionDone)
        {
            _looks++;
            MemoryRelease.AfterReading(indexes.Workloads.Current.ToolCount);
        }
    }

    [LoggerMessage(EventId = 241, Level = LogLevel.Error, Message = "A look at resources and prompts failed; the next one starts afresh.")]
    private partial void LogFailed(Exception exception);
}
