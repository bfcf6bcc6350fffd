namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>Neighbouring slots of a segment whose vectors have one width.</summary>
/// <param name="Slot">The first one.</param>
/// <param name="EndSlot">The one after the last.</param>
/// <param name="Dimension">Width of the vectors.</param>
internal readonly record struct ScanRun(int Slot, int EndSlot, int Dimension);
