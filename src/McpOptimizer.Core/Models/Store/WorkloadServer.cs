namespace McpOptimizer.Core.Models.Store;

/// <summary>A row of <c>mcpservers_workload</c>: one server that runs, or ran and is stopped.</summary>
internal sealed record WorkloadServer
{
    /// <summary>Primary key, a UUID as text.</summary>
    public required string Id { get; init; }

    /// <summary>Workload name, unique.</summary>
    public required string Name { get; init; }

    /// <summary>Address used for calls; <c>stdio:NAME</c> for a child process.</summary>
    public required string Url { get; init; }

    /// <summary>What registry entries are matched against: image of a container, address of the remote server.</summary>
    public required string WorkloadIdentifier { get; init; }

    /// <summary>True when it stands for a remote server.</summary>
    public required bool Remote { get; init; }

    /// <summary>How it is reached.</summary>
    public required TransportKind Transport { get; init; }

    /// <summary>Only running servers are found and called.</summary>
    public required ServerStatus Status { get; init; }

    /// <summary>Why the status is not running, in words; null when it is or nobody said.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Linked registry entry; null when autonomous.</summary>
    public string? RegistryServerId { get; init; }

    /// <summary>Name of the linked entry, the context of its tools' texts.</summary>
    public string? RegistryServerName { get; init; }

    /// <summary>The linked entry's description, else a text of our own.</summary>
    public string? Description { get; init; }

    /// <summary>The linked entry's vector, else the mean of the tools' vectors.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>Which model made <see cref="Embedding"/>.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>Group; <c>default</c> when the source names none.</summary>
    public string Group { get; init; } = "default";

    /// <summary>Whether it is a virtual MCP server.</summary>
    public bool VirtualMcp { get; init; }

    /// <summary>The source that lists it; only that source's complete listings can remove it.</summary>
    public string? Source { get; init; }

    /// <summary>Hash over all tool definitions as listed, and the context name; equal means unchanged.</summary>
    public string? ToolsHash { get; init; }

    /// <summary>By what the listing is known again without reading it, bound to what else it depends on; null where it has to be read.</summary>
    public string? ListingMark { get; init; }

    /// <summary>Name used as context in tool texts.</summary>
    public string ContextName => RegistryServerName ?? Name;
}
