using System.Reflection;
using Fleet.Metadata.Models;
using Fleet.Metadata.Repositories;

namespace Fleet.Metadata.Services;

internal sealed class MetadataHealthService(WorkspaceRepository workspaces, MetadataCollection collection, TimeProvider time) : IMetadataHealthService
{
    private static readonly string Version =
        typeof(MetadataHealthService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly long _started = time.GetTimestamp();

    public HealthReport Check()
    {
        string? fault = workspaces.FindFault();
        return new HealthReport
        {
            Status = fault is null ? "healthy" : "unhealthy",
            Version = Version,
            UptimeSeconds = (long)time.GetElapsedTime(_started).TotalSeconds,
            Error = fault,
        };
    }

    public IReadOnlyList<CollectorFault> FindFaults() => collection.FindFaults();
}
