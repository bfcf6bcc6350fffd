using McpOptimizer.Core;
using McpOptimizer.Core.Services.Ingestion;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpOptimizer.Server.Configuration;

/// <summary>Ready as soon as what is stored can be searched, or the first look at the sources is over, and while the store answers.</summary>
internal sealed class StoreReadiness(IngestionStatus status, IIngestionService ingestion) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!status.IsLoaded)
        {
            return HealthCheckResult.Unhealthy("The stored index is being loaded.");
        }

        try
        {
            long stored = await ingestion.CountStoredAsync(cancellationToken);
            return stored == 0 && !status.IsFirstIngestionDone
                ? HealthCheckResult.Unhealthy("Nothing is stored yet: the first look at the sources is under way.")
                : HealthCheckResult.Healthy($"Index loaded, {stored} servers stored.");
        }
        catch (Exception e) when (e is System.Data.Common.DbException or IOException or OptimizerStoreException)
        {
            return HealthCheckResult.Unhealthy($"The store cannot be read: {e.Message}");
        }
    }
}
