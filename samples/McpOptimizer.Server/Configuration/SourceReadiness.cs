using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Catalogue;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpOptimizer.Server.Configuration;

/// <summary>Says how each source fares: what it told last is served on, but somebody has to know that it tells nothing new.</summary>
internal sealed class SourceReadiness(IngestionStatus status) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string sources = string.Join("; ", status.Sources.Select(Describe));
        return Task.FromResult(
            sources.Length == 0 ? HealthCheckResult.Healthy("The first look at the sources is under way.")
            : status.Sources.Any(source => source.LastError is not null) ? HealthCheckResult.Degraded(sources)
            : HealthCheckResult.Healthy(sources));
    }

    private static string Describe(SourceStatus source)
    {
        string name = ShownAddress.Of(source.Name);
        string success = source.LastSuccess is { } at ? $"{source.Servers} servers at {at:u}" : "never answered";
        return source.LastError is null ? $"{name}: {success}" : $"{name}: {success}; failing since {source.FailingSince:u}: {source.LastError}";
    }
}
