namespace McpOptimizer.Core.Models;

/// <summary>What decides whether an indexed server is visible, without its tools.</summary>
/// <param name="Id">The stored server's id.</param>
/// <param name="Status">Only running servers are searched.</param>
/// <param name="Group">The group the server belongs to.</param>
/// <param name="VirtualMcp">Whether it is a virtual MCP server.</param>
public sealed record ServerState(string Id, ServerStatus Status, string Group, bool VirtualMcp);
