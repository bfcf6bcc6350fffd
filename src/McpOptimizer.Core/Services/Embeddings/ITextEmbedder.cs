using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>The registered embedding generator, if there is one, as ingestion and search use it.</summary>
internal interface ITextEmbedder
{
    /// <summary>Identity of the model, stored beside each vector; null when no generator is registered.</summary>
    string? Model { get; }

    /// <summary>The generator itself, for query vectors; null when none is registered.</summary>
    IEmbeddingGenerator<string, Embedding<float>>? Generator { get; }

    /// <summary>One unit-length vector per text, in order; empty vectors when no generator is registered.</summary>
    /// <exception cref="EmbeddingException">The generator failed or answered something that does not fit the texts.</exception>
    Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default);
}
