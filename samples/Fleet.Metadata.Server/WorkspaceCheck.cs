using System.Globalization;
using Fleet.Metadata.Models;
using Fleet.Metadata.Services;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fleet.Metadata.Server;

/// <summary>Ready means: there is a workspace to look at, and the last look at it found all that it should.</summary>
internal sealed class WorkspaceCheck(IMetadataHealthService health, IMetadataService metadata) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (health.Check().Error is { } fault)
        {
            return HealthCheckResult.Unhealthy(fault);
        }

        if (health.FindFaults().Count > 0)
        {
            // What was wrong when somebody last asked may be right by now.
            await metadata.GetAllAsync(cancellationToken);
        }

        IReadOnlyList<CollectorFault> faults = health.FindFaults();
        return faults.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(" ", faults.Select(Sentence)));
    }

    private static string Sentence(CollectorFault fault) =>
        string.Create(CultureInfo.InvariantCulture, $"Collector {fault.Collector} is incomplete since {fault.Since:u}: {fault.Reason}.");
}
