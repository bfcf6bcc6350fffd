using McpOptimizer.Core.Services.Calls;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpOptimizer.Server.Configuration;

/// <summary>Says whether calls are recorded in the audit file. Calls go on without, but somebody relies on it.</summary>
internal sealed class AuditReadiness(AuditStatus status) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string lost = status.Lost == 0 ? "" : $" {status.Lost} calls of this process are not in it.";
        return Task.FromResult(
            status.LastError is { } error ? HealthCheckResult.Degraded($"The audit file cannot be written since {status.FailingSince:u}: {error}{lost}")
            : status.Lost > 0 ? HealthCheckResult.Degraded($"The audit file can be written again.{lost}")
            : HealthCheckResult.Healthy());
    }
}
