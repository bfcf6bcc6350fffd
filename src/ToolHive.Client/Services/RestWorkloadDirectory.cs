using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Repositories;

namespace ToolHive.Client.Services;

/// <summary>Workloads of ToolHive's API, which has no notifications: watching asks again and again.</summary>
internal sealed partial class RestWorkloadDirectory(
    WorkloadRepository workloads, IOptions<ToolHiveClientOptions> options, TimeProvider clock, ILogger<RestWorkloadDirectory> logger) : IWorkloadDirectory
{
    public Task<WorkloadSnapshot> ListAsync(CancellationToken cancellationToken = default) => workloads.ListAsync(cancellationToken);

    public async IAsyncEnumerable<WorkloadSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        WorkloadSnapshot? last = null;
        while (true)
        {
            WorkloadSnapshot? current = await TryListAsync(cancellationToken).ConfigureAwait(false);
            if (current is not null && !current.IsSameAs(last))
            {
                last = current;
                yield return current;
            }

            await Task.Delay(options.Value.WatchInterval, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    // The call itself has waited and tried again for as long as the settings allow.
    private async Task<WorkloadSnapshot?> TryListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await workloads.ListAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            LogListFailed(e.Message);
            return null;
        }
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Warning, Message = "Workloads could not be listed: {Reason}")]
    private partial void LogListFailed(string reason);
}
