using Horreum.Client;
using Horreum.Client.Clients.Wire;
using Horreum.Server.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Horreum.Server.Operations;

/// <summary>Ready while Horreum answers. The answer is kept for a short while, so that probes cost Horreum nothing to speak of.</summary>
internal sealed class ReadinessProbe(IHorreumClient client, ServerSettings settings, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private (HealthCheckResult Result, DateTimeOffset Until)? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!settings.ReadyProbe)
        {
            return HealthCheckResult.Healthy("Horreum is not asked (HORREUM_READY_PROBE).");
        }

        DateTimeOffset now = time.GetUtcNow();
        if (_last is { } last && last.Until > now)
        {
            return last.Result;
        }

        HealthCheckResult result = await AskAsync(cancellationToken);
        _last = (result, now + (result.Status == HealthStatus.Healthy ? Keep : Keep / 10));
        return result;
    }

    private async Task<HealthCheckResult> AskAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(LongestWait);
        try
        {
            VersionInfo version = await client.Config.GetVersionAsync(timer.Token);
            return HealthCheckResult.Healthy($"Horreum {version.Version}");
        }
        catch (HorreumApiException e) when (!e.IsTransient)
        {
            // It answers; that it does not know this path or this user is no reason to take the server out of service.
            return HealthCheckResult.Healthy("Horreum answers");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("Horreum does not answer");
        }
    }
}
