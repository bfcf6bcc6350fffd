namespace McpOptimizer.Core.Models.Calls;

/// <summary>A backend said that something it offers changed.</summary>
/// <param name="Endpoint">The backend.</param>
/// <param name="Kind">What changed.</param>
public sealed record BackendChange(BackendEndpoint Endpoint, BackendChangeKind Kind);
