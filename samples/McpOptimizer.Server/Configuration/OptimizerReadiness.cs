using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Ingestion;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpOptimizer.Server.Configuration;

/// <summary>Ready as soon as what is stored can be searched and the store answers; says how each source fares.</summary>
internal sealed class OptimizerReadiness(IngestionStatus status, IIngestionService ingestion) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string sources = string.Join("; ", status.Sources.Select(Describe));
        if (!status.IsLoaded)
        {
            return HealthCheckResult.Unhealthy("The stored index is being loaded.");
        }

        string stored;
        try
        {
            stored = $"{await ingestion.CountStoredAsync(cancellationToken)} servers stored";
        }
        catch (Exception e) when (e is System.Data.Common.DbException or IOException)
        {
            return HealthCheckResult.Unhealthy($"The store cannot be read: {e.Message}");
        }

        return status.Sources.Any(source => source.LastError is not null)
            ? HealthCheckResult.Degraded($"Index loaded, {stored}. {sources}")
            : HealthCheckResult.Healthy($"Index loaded, {stored}. {(sources.Length > 0 ? sources : "The first look at the sources is under way.")}");
    }

    private static string Describe(SourceStatus source)
    {
        string success = source.LastSuccess is { } at ? $"{source.Servers} servers at {at:u}" : "never answered";
        return source.LastError is null ? $"{source.Name}: {success}" : $"{source.Name}: {success}, then: {source.LastError}";
    }
}
