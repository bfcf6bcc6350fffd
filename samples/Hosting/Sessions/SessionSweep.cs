using Microsoft.Extensions.Hosting;

namespace Hosting.Sessions;

/// <summary>Looks for idle sessions now and then.</summary>
internal sealed class SessionSweep(McpHostOptions options, SessionRegistry registry, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan period = TimeSpan.FromTicks(Math.Clamp(options.SessionIdleTimeout.Ticks / 4, TimeSpan.TicksPerMillisecond, LongestPeriod.Ticks));
        using PeriodicTimer timer = new(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await registry.SweepAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops. Of a start that failed it would be told as the sweep's own fault.
        }
    }
}
