using McpOptimizer.Core;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Ingestion;
using McpOptimizer.Core.Services.Trust;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpOptimizer.Server.Configuration;

/// <summary>Ready as soon as there is something to search, stored or taken in for the first time; says how ingestion, store and trust fare.</summary>
internal sealed class StoreReadiness(IngestionStatus status, TrustStatus trust, IIngestionService ingestion, ReplicaName replica) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!status.IsReady)
        {
            return HealthCheckResult.Unhealthy(status.IsLoaded ? "Nothing is stored yet: the first look at the sources is under way." : "The stored index is being loaded.");
        }

        List<string> faults = [.. status.Faults.Select(fault => $"{fault.Part} fails since {fault.Since:u}: {fault.Message}")];
        if (trust.UnstoredServers.Count > 0)
        {
            faults.Add($"What changed of {trust.UnstoredServers.Count} servers is withheld, but cannot be recorded since {trust.FailingSince:u}: {trust.LastError}");
        }

        string stored = "";
        try
        {
            // A database that was cut off answers after its time-out only; a probe does not wait for that.
            stored = $", {await ingestion.CountStoredAsync(cancellationToken).WaitAsync(Patience, cancellationToken)} servers stored";
        }
        catch (TimeoutException)
        {
            faults.Add("The store does not answer.");
        }
        catch (OptimizerStoreException e)
        {
            // What is in memory is served all the same.
            faults.Add($"The store cannot be read: {e.Message}");
        }

        return faults.Count > 0
            ? HealthCheckResult.Degraded($"Index loaded{stored}.{Replica()} {string.Join(" ", faults.Distinct())}")
            : HealthCheckResult.Healthy($"Index loaded{stored}.{Replica()}");
    }

    private string Replica() => replica.Name is not { } name ? ""
        : replica.Leader is not { } leader ? $" Replica {name}; nobody takes servers in at the moment."
        : leader == name ? $" Replica {name} takes servers in."
        : $" Replica {name} follows {leader}.";
}
