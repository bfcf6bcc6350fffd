using McpOptimizer.Core.Services.Catalogue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Enrichment;

/// <summary>Enriches in the background: after a change of the catalogue, and again and again for what the bounds put off.</summary>
internal sealed partial class EnrichmentWatchService(EnrichmentService enrichment, ToolIndexes indexes, TimeProvider clock, ILogger<EnrichmentWatchService> logger) : BackgroundService
{
    private const string Look = "look";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(15);

    // What was put off: by a bound, a pause or a fault.
    private static readonly TimeSpan BetweenRuns = TimeSpan.FromMinutes(1);

    private readonly SaidOnce _said = new();
    private long _version = -1;
    private DateTimeOffset _ranAt;

    // The first look at once: what is stored serves the first searches.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Periodic.TryAsync(LookAsync, Tell, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Periodic.RunAsync(BetweenLooks, clock, LookAsync, Tell, stoppingToken).ConfigureAwait(false);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await enrichment.RefreshAsync(cancellationToken).ConfigureAwait(false);
        long version = indexes.Workloads.Version;
        if (version != _version || clock.GetUtcNow() - _ranAt >= BetweenRuns)
        {
            (_version, _ranAt) = (version, clock.GetUtcNow());
            await enrichment.RunAsync(cancellationToken).ConfigureAwait(false);
        }

        _said.Forget(Look);
    }

    private void Tell(Exception fault)
    {
        if (_said.IsNews(Look, fault.Message))
        {
            LogFailed(fault is OptimizerStoreException ? null : fault, fault.Message);
        }
    }

    [LoggerMessage(EventId = 278, Level = LogLevel.Warning, Message = "Enrichment waits, searches go on without: {Reason}")]
    private partial void LogFailed(Exception? exception, string reason);
}
