namespace McpOptimizer.Core.Repositories.Store;

/// <summary>A state of a store.</summary>
/// <param name="Store">Which store: given once, when it was made.</param>
/// <param name="Sequence">How many transactions changed something in it.</param>
internal sealed record StorePosition(string Store, long Sequence);
