namespace McpOptimizer.Core.Models.Sources;

/// <summary>One catalogue entry as a registry source lists it.</summary>
public sealed record RegistryEntry
{
    /// <summary>Name, for example <c>io.github.acme/notes</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Address of a remote server; null for containers.</summary>
    public string? Url { get; init; }

    /// <summary>Container image with its tag; null for remote servers.</summary>
    public string? Package { get; init; }

    /// <summary>True when reached by URL.</summary>
    public bool Remote => Url is not null;

    /// <summary>Transport word of the registry, if given.</summary>
    public string? Transport { get; init; }

    /// <summary>What the server is for.</summary>
    public string? Description { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyList<string> Tags { get => field ?? []; init; }

    /// <summary>Names of its tools; registries give no more than that.</summary>
    public IReadOnlyList<string> ToolNames { get => field ?? []; init; }

    /// <summary>The value by which workloads match: URL or image.</summary>
    public string Key => Url ?? Package ?? "";
}
