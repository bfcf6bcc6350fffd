using McpOptimizer.Core;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Ingestion;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpOptimizer.Server.Configuration;

/// <summary>Ready as soon as there is something to search, stored or taken in for the first time; says how sources, ingestion and store fare.</summary>
internal sealed class OptimizerReadiness(IngestionStatus status, IIngestionService ingestion) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string sources = string.Join("; ", status.Sources.Select(Describe));
        if (!status.IsReady)
        {
            return HealthCheckResult.Unhealthy($"{(status.IsLoaded ? "Servers are being taken in for the first time." : "The stored index is being loaded.")} {sources}".TrimEnd());
        }

        List<string> faults = [.. status.Faults.Select(fault => $"{fault.Part} fails since {fault.Since:u}: {fault.Message}")];
        string stored = "";
        try
        {
            stored = $", {await ingestion.CountStoredAsync(cancellationToken)} servers stored";
        }
        catch (OptimizerStoreException e)
        {
            // What is in memory is served all the same.
            faults.Add($"The store cannot be read: {e.Message}");
        }

        return faults.Count > 0 || status.Sources.Any(source => source.LastError is not null)
            ? HealthCheckResult.Degraded($"Index loaded{stored}. {string.Join(" ", faults.Distinct())} {sources}")
            : HealthCheckResult.Healthy($"Index loaded{stored}. {(sources.Length > 0 ? sources : "The first look at the sources is under way.")}");
    }

    private static string Describe(SourceStatus source)
    {
        string success = source.LastSuccess is { } at ? $"{source.Servers} servers at {at:u}" : "never answered";
        return source.LastError is null ? $"{source.Name}: {success}" : $"{source.Name}: {success}; failing since {source.FailingSince:u}: {source.LastError}";
    }
}
