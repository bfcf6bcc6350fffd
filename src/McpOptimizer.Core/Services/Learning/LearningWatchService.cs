using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Learning;

/// <summary>Stores what use taught, and takes over what other processes on the same database learned or forgot.</summary>
internal sealed partial class LearningWatchService(LearningService learning, TimeProvider clock, ILogger<LearningWatchService> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(15);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (learning.IsEnabled)
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!learning.IsEnabled)
        {
            return;
        }

        using PeriodicTimer timer = new(BetweenLooks, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is left is written then.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await learning.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A loop that ends would store nothing any more; the next look starts afresh.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(EventId = 272, Level = LogLevel.Error, Message = "Storing what use taught failed; the next look starts afresh.")]
    private partial void LogFailed(Exception exception);
}
