using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hosting.Health;

/// <summary>
/// Since when each check has stood as it stands, for <c>/ready</c>, and the same as a metric. Learns from each probe; a host whose checks cost nothing
/// registers it as <see cref="IHealthCheckPublisher"/> too, and then needs no probe.
/// </summary>
public sealed class ReadinessHistory : IHealthCheckPublisher
{
    /// <summary>The meter that has the state of the checks.</summary>
    public const string MeterName = "Hosting";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (HealthStatus Status, DateTimeOffset Since)> _checks = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    public ReadinessHistory(TimeProvider time, IMeterFactory meters)
    {
        _time = time;
        meters.Create(MeterName).CreateObservableGauge("host.ready", Observe, description: "Whether a check of readiness passes: 1 healthy, 0.5 degraded, 0 unhealthy.");
    }

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach ((string name, HealthReportEntry entry) in report.Entries)
        {
            Since(name, entry.Status);
        }

        return Task.CompletedTask;
    }

    /// <summary>When a check came to the status that it has now.</summary>
    internal DateTimeOffset Since(string check, HealthStatus status)
    {
        lock (_lock)
        {
            if (!_checks.TryGetValue(check, out (HealthStatus Status, DateTimeOffset Since) known) || known.Status != status)
            {
                known = (status, _time.GetUtcNow());
                _checks[check] = known;
            }

            return known.Since;
        }
    }

    private Measurement<double>[] Observe()
    {
        lock (_lock)
        {
            return [.. _checks.Select(check => new Measurement<double>((int)check.Value.Status / 2.0, new KeyValuePair<string, object?>("check", check.Key)))];
        }
    }
}
