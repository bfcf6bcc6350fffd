using Fleet.Metadata.Services;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fleet.Metadata.Server;

/// <summary>Ready means: there is a workspace to look at.</summary>
internal sealed class WorkspaceCheck(IMetadataHealthService health) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(health.Check().Error is { } fault ? HealthCheckResult.Unhealthy(fault) : HealthCheckResult.Healthy());
}
