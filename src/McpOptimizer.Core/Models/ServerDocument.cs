namespace McpOptimizer.Core.Models;

/// <summary>One server with its tools as they go into the search index. Replaces the server of the same <see cref="Id"/>.</summary>
public sealed record ServerDocument
{
    /// <summary>The stored server's id.</summary>
    public required string Id { get; init; }

    /// <summary>Workload name (or registry entry name in the registry index): answered as <c>mcp_server_name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name used as context in tool texts: the linked registry entry's name, else <see cref="Name"/>.</summary>
    public required string ContextName { get; init; }

    /// <summary>What the server is for, if known.</summary>
    public string? Description { get; init; }

    /// <summary>The group the server belongs to.</summary>
    public required string Group { get; init; }

    /// <summary>Whether the server is a virtual MCP server: within a group such servers hide the others.</summary>
    public bool VirtualMcp { get; init; }

    /// <summary>Only running servers are searched.</summary>
    public required ServerStatus Status { get; init; }

    /// <summary>All tools of the server that may be found.</summary>
    public required IReadOnlyList<ToolDocument> Tools { get; init; }

    /// <summary>Tools that await approval: nobody finds or calls them, but who may see them is told so.</summary>
    public IReadOnlyList<ToolDocument> Withheld { get => field ?? []; init; }

    /// <summary>Whether the server as a whole awaits approval, because its instructions changed: its resources and prompts are not offered either.</summary>
    public bool IsWithheld { get; init; }
}
