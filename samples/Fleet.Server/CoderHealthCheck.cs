using Coder.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fleet.Server;

/// <summary>Ready means that Coder answers. What it answers, and where it is, stays inside.</summary>
internal sealed class CoderHealthCheck(ICoderClient coder) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await coder.GetBuildInfoAsync(cancellationToken);
            return HealthCheckResult.Healthy("Coder answers.");
        }
        catch (HttpRequestException)
        {
            return HealthCheckResult.Unhealthy("Coder does not answer.");
        }
    }
}
