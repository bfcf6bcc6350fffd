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
            await Periodic.TryAsync(learning.RefreshAsync, LogFailed, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        learning.IsEnabled ? Periodic.RunAsync(BetweenLooks, clock, learning.RefreshAsync, LogFailed, stoppingToken) : Task.CompletedTask;

    [LoggerMessage(EventId = 272, Level = LogLevel.Error, Message = "Storing what use taught failed; the next look starts afresh.")]
    private partial void LogFailed(Exception exception);
}
