namespace McpOptimizer.Core.Models;

/// <summary>What may fail beside the sources.</summary>
public enum IngestionPart
{
    /// <summary>Looking at sources and servers, as a whole.</summary>
    Ingestion = 0,

    /// <summary>The database.</summary>
    Store,
}
