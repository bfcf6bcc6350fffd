using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Opens the store, looks whether it is well, and says so where it is not.</summary>
internal sealed partial class StoreWatch(OptimizerStore store, IngestionStatus status, ILogger<StoreWatch> logger)
{
    /// <summary>Opens it; one that can only be read is no reason not to serve what is in it.</summary>
    /// <exception cref="OptimizerStoreException">It cannot be used.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken = default)
    {
        if (await store.InitializeAsync(cancellationToken).ConfigureAwait(false) is { } fault)
        {
            status.StoreFailed(fault);
            LogReadOnly(fault);
        }
    }

    /// <summary>How many workloads are stored: a cheap question that only a reachable store answers.</summary>
    public Task<long> CountStoredAsync(CancellationToken cancellationToken = default) =>
        store.ReadAsync((session, token) => session.WorkloadServers.CountAsync(token), cancellationToken);

    /// <summary>Looks whether the store is still in its place, and puts it back if not; looks whether one that failed works again.</summary>
    public async Task VerifyAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (await store.VerifyAsync(cancellationToken).ConfigureAwait(false) is { } happened)
            {
                status.StoreFailed(happened);
                LogStore(happened);
            }
            else if (status.StoreFault is not null)
            {
                // Nothing but a count: to see whether it can be written.
                await store.DecideAsync(static (_, _) => Task.CompletedTask, cancellationToken).ConfigureAwait(false);
                status.StoreWorked();
                LogStoreWorks();
            }
        }
        catch (OptimizerStoreException e)
        {
            if (status.StoreFault != e.Message)
            {
                LogStore(e.Message);
            }

            status.StoreFailed(e.Message);
        }
    }

    /// <summary>Whether entries of a registry are stored.</summary>
    public Task<bool> HasRegistryAsync(CancellationToken cancellationToken = default) => store.ReadAsync(
        async (session, token) => (await session.RegistryServers.ListAsync(token).ConfigureAwait(false)).Count > 0, cancellationToken);

    [LoggerMessage(EventId = 223, Level = LogLevel.Error, Message = "What is stored is served, and what changes is withheld, until this is mended: {Reason}")]
    private partial void LogReadOnly(string reason);

    [LoggerMessage(EventId = 224, Level = LogLevel.Warning, Message = "{What}")]
    private partial void LogStore(string what);

    [LoggerMessage(EventId = 225, Level = LogLevel.Information, Message = "The store works again.")]
    private partial void LogStoreWorks();
}
