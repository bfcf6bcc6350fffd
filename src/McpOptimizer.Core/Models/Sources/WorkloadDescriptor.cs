namespace McpOptimizer.Core.Models.Sources;

/// <summary>One workload as a source lists it.</summary>
public sealed record WorkloadDescriptor
{
    /// <summary>Name, unique within the source; must be unique over all sources to be used.</summary>
    public required string Name { get; init; }

    /// <summary>How to reach it; null when the source does not know yet, for example while it starts.</summary>
    public BackendEndpoint? Endpoint { get; init; }

    /// <summary>Image of a container or address of the remote server: what registry entries are matched against. Null when it could not be learnt this time.</summary>
    public string? Identifier { get; init; }

    /// <summary>Why <see cref="Identifier"/> could not be learnt, if the source says.</summary>
    public string? Problem { get; init; }

    /// <summary>True when it stands for a remote server.</summary>
    public bool Remote { get; init; }

    /// <summary>What the source says about its state.</summary>
    public required ServerStatus Status { get; init; }

    /// <summary>Why it is not running, if the source says.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Group; null or empty means <c>default</c>.</summary>
    public string? Group { get; init; }

    /// <summary>Whether it is a virtual MCP server.</summary>
    public bool VirtualMcp { get; init; }

    /// <summary>What the server is for, if the source says.</summary>
    public string? Description { get; init; }
}
