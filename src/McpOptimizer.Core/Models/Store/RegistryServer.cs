namespace McpOptimizer.Core.Models.Store;

/// <summary>A row of <c>mcpservers_registry</c>: one catalogue entry, installed or not.</summary>
internal sealed record RegistryServer
{
    /// <summary>Primary key, a UUID as text.</summary>
    public required string Id { get; init; }

    /// <summary>The entry's name, for example <c>io.github.acme/notes</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Address of a remote server, as the registry writes it; null for containers.</summary>
    public string? Url { get; init; }

    /// <summary>Container image with its tag; null for remote servers.</summary>
    public string? Package { get; init; }

    /// <summary>True when reached by URL, false when run from an image.</summary>
    public required bool Remote { get; init; }

    /// <summary>Transport word of the registry; <c>sse</c> when it gives none, as the original writes.</summary>
    public required string Transport { get; init; }

    /// <summary>Text that is embedded: name, description and tags.</summary>
    public string? Description { get; init; }

    /// <summary>Vector of <see cref="Description"/>; empty when there is no generator or it failed.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>Which model made <see cref="Embedding"/>.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>Always <c>default</c> at ingestion.</summary>
    public string Group { get; init; } = "default";

    /// <summary>Hash of all that the registry says about the entry, tools included: equal means unchanged.</summary>
    public string? ContentHash { get; init; }

    /// <summary>The value by which workloads match: the URL of a remote entry, the image of a container.</summary>
    public string Key => (Remote ? Url : Package) ?? "";
}
