using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>A server as a snapshot holds it: what decides on its visibility, and its tools.</summary>
internal sealed record IndexedServer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string ContextName { get; init; }

    public required string? Description { get; init; }

    public required string Group { get; init; }

    public required bool VirtualMcp { get; init; }

    public required ServerStatus Status { get; init; }

    public required ToolBlock Block { get; init; }
}
