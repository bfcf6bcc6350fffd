namespace McpOptimizer.Core.Models.Calls;

/// <summary>A resource, resource template or prompt as a backend lists it.</summary>
public sealed class BackendItem
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Address of a resource, or the template of one; null for a prompt.</summary>
    public string? Uri { get; init; }

    /// <summary>Title, if any.</summary>
    public string? Title { get; init; }

    /// <summary>Description, if any.</summary>
    public string? Description { get; init; }

    /// <summary>The definition as compact JSON without unset (null) members, UTF-8.</summary>
    public required ReadOnlyMemory<byte> DefinitionJson { get; init; }
}
