using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Hosting.Security.SignIn;

/// <summary>Reads the issuer's keys when the host starts, without holding the start up, and says in <c>/ready</c> whether they are known.</summary>
internal sealed class IssuerCheck(IssuerKeys keys) : IHealthCheck, IHostedService
{
    public const string Name = "sign-in";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        keys.AnyKeys
            ? keys.Fault is { } old ? HealthCheckResult.Degraded($"The issuer's keys are those it gave last: {old}") : HealthCheckResult.Healthy("The issuer's keys are known.")
            : HealthCheckResult.Degraded($"Nobody can sign in: {keys.Fault ?? "the issuer's keys are being read"}"));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = keys.ReadAsync();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
