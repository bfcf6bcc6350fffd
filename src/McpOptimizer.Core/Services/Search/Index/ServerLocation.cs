namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>Where a snapshot holds a server.</summary>
/// <param name="Segment">Position of the segment in the snapshot.</param>
/// <param name="Slot">Position of the server in the segment.</param>
internal readonly record struct ServerLocation(int Segment, int Slot);
