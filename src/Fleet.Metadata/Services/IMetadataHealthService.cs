using Fleet.Metadata.Models;

namespace Fleet.Metadata.Services;

/// <summary>Says whether metadata can be collected at all, without collecting any.</summary>
public interface IMetadataHealthService
{
    /// <summary>Looks whether the workspace is there. Takes well under a millisecond.</summary>
    HealthReport Check();

    /// <summary>
    /// The collectors that could not report all they should at the last collection, by name; empty when all did, or nothing was collected yet.
    /// </summary>
    IReadOnlyList<CollectorFault> FindFaults();
}
