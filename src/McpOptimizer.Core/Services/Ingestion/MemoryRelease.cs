using System.Runtime;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Gives back to the system what a large load took: the collector alone keeps it for a next load that does not come.</summary>
internal static class MemoryRelease
{
    // Below this a collection costs more than it gives back.
    private const int WorthIt = 5_000;

    /// <summary>Collects, compacts and gives back, when so many tools were read or written that it is worth it.</summary>
    public static void AfterReading(int tools)
    {
        if (tools < WorthIt)
        {
            return;
        }

        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
