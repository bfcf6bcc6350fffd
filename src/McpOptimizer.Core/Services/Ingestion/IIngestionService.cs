using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Takes servers and tools in. The polling service calls it; a host may call it whenever it wants a look now.</summary>
public interface IIngestionService
{
    /// <summary>Reads what is stored and makes it searchable. Called once, before anything else.</summary>
    /// <exception cref="OptimizerStoreException">The store cannot be used.</exception>
    Task LoadAsync(CancellationToken cancellationToken = default);

    /// <summary>How many workloads are stored: a cheap question that only a reachable store answers.</summary>
    Task<long> CountStoredAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the registry and takes over what changed.</summary>
    Task<IngestionReport> IngestRegistryAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads all workload sources, asks the running servers for their tools, and takes over what changed.</summary>
    Task<IngestionReport> IngestWorkloadsAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks one server, already listed by a source, for its tools again.</summary>
    /// <exception cref="ArgumentException">No source lists a server of this name.</exception>
    Task<IngestionReport> IngestWorkloadAsync(string serverName, CancellationToken cancellationToken = default);

    /// <summary>Deletes what is stored of a server that its source was told to remove; a poll alone would wait for a listing that proves it gone.</summary>
    /// <returns>False when no server of this name is stored.</returns>
    Task<bool> ForgetAsync(string serverName, CancellationToken cancellationToken = default);

    /// <summary>
    /// Asks all running servers for their resources and prompts now. In a host this follows each ingestion by itself. A server that fails keeps what
    /// it offered before.
    /// </summary>
    Task IngestOfferingsAsync(CancellationToken cancellationToken = default);

    /// <summary>Looks for the registry entry of one stored server again, whatever the relink policy says.</summary>
    /// <exception cref="ArgumentException">No server of this name is stored; the message names the nearest.</exception>
    Task<IngestionReport> RematchAsync(string serverName, CancellationToken cancellationToken = default);
}
