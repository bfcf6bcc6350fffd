using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Notices decisions that another process made on the same database, and forgets old observations.</summary>
internal sealed partial class TrustWatchService(TrustService trust, TrustKeeper keeper, IOptions<McpOptimizerOptions> options, TimeProvider clock, ILogger<TrustWatchService> logger) : BackgroundService
{
    private const string Look = "look";

    private static readonly TimeSpan BetweenExpiries = TimeSpan.FromHours(1);

    private readonly SaidOnce _said = new();
    private long _expired;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _expired = clock.GetTimestamp();
        return Periodic.RunAsync(options.Value.Trust.RefreshInterval, clock, LookAsync, Tell, stoppingToken);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await trust.RefreshAsync(cancellationToken).ConfigureAwait(false);
        if (clock.GetElapsedTime(_expired) >= BetweenExpiries)
        {
            _expired = clock.GetTimestamp();
            await keeper.ExpireAsync(cancellationToken).ConfigureAwait(false);
        }

        _said.Forget(Look);
    }

    // A store's sentence says all; only a fault of this code needs its trace.
    private void Tell(Exception fault)
    {
        if (_said.IsNews(Look, fault.Message))
        {
            LogFailed(fault is OptimizerStoreException ? null : fault, fault.Message);
        }
    }

    [LoggerMessage(EventId = 251, Level = LogLevel.Error, Message = "Looking for decisions about trust failed; the next look starts afresh: {Reason}")]
    private partial void LogFailed(Exception? exception, string reason);
}
