using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Where several processes share a store: follows what the others change, and looks at everything at once when it is this process's turn to take servers in.</summary>
internal sealed partial class ReplicaService(
    ReplicaFollower follower, IStoreReplicas replicas, PollingSignal polling, IngestionStatus status, TimeProvider clock, ILogger<ReplicaService> logger) : BackgroundService
{
    private static readonly TimeSpan AfterAFault = TimeSpan.FromMilliseconds(500);

    private bool _wasLeader;
    private string? _fault;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (replicas.Name is null)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
                await replicas.WaitAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The host stops.
            }
#pragma warning disable CA1031 // A loop that ends would miss every later change; the next look finds what was missed.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Tell(e);
                await Task.Delay(AfterAFault, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        bool isLeader = await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false);
        if (isLeader != _wasLeader)
        {
            _wasLeader = isLeader;
            if (isLeader)
            {
                LogLeads(replicas.Name!);
                polling.LookAtAll();
            }
            else
            {
                LogFollows(replicas.Name!, replicas.Leader ?? "nobody yet");
            }
        }

        foreach (string? server in replicas.TakeRequests())
        {
            Ask(server);
        }

        await follower.FollowAsync(cancellationToken).ConfigureAwait(false);
        if (_fault is not null)
        {
            _fault = null;
            status.StoreWorked();
            LogWorks();
        }
    }

    private void Ask(string? server)
    {
        if (server is null)
        {
            polling.LookAtAll();
        }
        else
        {
            polling.LookAt(server);
        }
    }

    // Once, until it is another fault: a database that is out of reach for hours fills no log.
    private void Tell(Exception fault)
    {
        if (fault is OptimizerStoreException)
        {
            status.StoreFailed(fault.Message);
        }

        if (_fault != fault.Message)
        {
            _fault = fault.Message;
            LogFailed(fault is OptimizerStoreException ? null : fault, fault.Message);
        }
    }

    [LoggerMessage(EventId = 260, Level = LogLevel.Information, Message = "This replica, {Name}, takes servers in from now on.")]
    private partial void LogLeads(string name);

    [LoggerMessage(EventId = 261, Level = LogLevel.Warning, Message = "This replica, {Name}, does not take servers in any more; {Leader} does.")]
    private partial void LogFollows(string name, string leader);

    [LoggerMessage(EventId = 262, Level = LogLevel.Error, Message = "What other replicas change cannot be followed; what is in memory is served, and the next look finds what was missed: {Reason}")]
    private partial void LogFailed(Exception? exception, string reason);

    [LoggerMessage(EventId = 263, Level = LogLevel.Information, Message = "Other replicas are followed again.")]
    private partial void LogWorks();
}
