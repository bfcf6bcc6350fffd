namespace McpOptimizer.Core.Models;

/// <summary>A server as a caller sees it, without its tools.</summary>
/// <param name="Id">The stored server's id.</param>
/// <param name="Name">Workload (or registry entry) name.</param>
/// <param name="Description">What the server is for, if known.</param>
/// <param name="Group">The group the server belongs to.</param>
/// <param name="ToolCount">Number of its tools that the caller sees; at least 1.</param>
public sealed record ServerOverview(string Id, string Name, string? Description, string Group, int ToolCount);
