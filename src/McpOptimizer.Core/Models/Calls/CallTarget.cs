namespace McpOptimizer.Core.Models.Calls;

/// <summary>A tool that may be called, and where.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Endpoint">How its server is reached now.</param>
public sealed record CallTarget(IndexedTool Tool, BackendEndpoint Endpoint);
