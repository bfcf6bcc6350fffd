using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Notices decisions that another process made on the same database, and forgets old observations.</summary>
internal sealed partial class TrustWatchService(TrustService trust, TrustKeeper keeper, IOptions<McpOptimizerOptions> options, TimeProvider clock, ILogger<TrustWatchService> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenExpiries = TimeSpan.FromHours(1);

    private long _expired;
    private string? _said;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _expired = clock.GetTimestamp();
        using PeriodicTimer timer = new(options.Value.Trust.RefreshInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await trust.RefreshAsync(cancellationToken).ConfigureAwait(false);
            if (clock.GetElapsedTime(_expired) >= BetweenExpiries)
            {
                _expired = clock.GetTimestamp();
                await keeper.ExpireAsync(cancellationToken).ConfigureAwait(false);
            }

            _said = null;
        }
#pragma warning disable CA1031 // A loop that ends would miss every later decision; the next look starts afresh.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // Once, until it is another fault: a store that is out of reach for hours fills no log. Its sentence says all; only a fault of this code needs its trace.
            if (_said != e.Message)
            {
                _said = e.Message;
                LogFailed(e is OptimizerStoreException ? null : e, e.Message);
            }
        }
    }

    [LoggerMessage(EventId = 251, Level = LogLevel.Error, Message = "Looking for decisions about trust failed; the next look starts afresh: {Reason}")]
    private partial void LogFailed(Exception? exception, string reason);
}
