using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>The registered embedding generator, with the built-in encoder beside it, as ingestion and search use it.</summary>
internal interface ITextEmbedder
{
    /// <summary>Identity of the model, or of both, stored beside each complete vector; null without vectors.</summary>
    string? Model { get; }

    /// <summary>Identity of the vectors by which requests are remembered: of two spaces the built-in one, which every request has.</summary>
    string? RequestModel { get; }

    /// <summary>The generator, for query vectors; a <see cref="TwoSpaceGenerator"/> where the host registered one; null without vectors.</summary>
    IEmbeddingGenerator<string, Embedding<float>>? Generator { get; }

    /// <summary>One complete vector per text, in order; empty vectors without a generator.</summary>
    /// <exception cref="EmbeddingException">The generator failed or answered something that does not fit the texts.</exception>
    Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default);

    /// <summary>What can be had in the time there is: complete vectors, else built-in ones, else none. Fails only by the token.</summary>
    /// <param name="texts">What is to be embedded.</param>
    /// <param name="patience">How long the host's generator may take; null as long as it wants.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<EmbeddedTexts> EmbedWithinAsync(IReadOnlyList<string> texts, TimeSpan? patience, CancellationToken cancellationToken = default);

    /// <summary>The vector that stands for a text while the host's generator has none: the built-in one; empty without vectors.</summary>
    ReadOnlyMemory<float> StandIn(string text);

    /// <summary>The complete vector that a row holds or makes possible without asking the host's generator; empty when it must be asked.</summary>
    /// <param name="tool">The row.</param>
    /// <param name="text">The text that its vector stands for.</param>
    ReadOnlyMemory<float> Keep(StoredTool tool, string text);

    /// <summary>The vector that can stand for a row in the index now: the complete one, else the built-in one, else an empty one.</summary>
    /// <param name="tool">The row.</param>
    /// <param name="context">Its server, as in its text.</param>
    /// <param name="definition">Its definition.</param>
    ReadOnlyMemory<float> VectorOf(StoredTool tool, string context, ToolDefinition definition);
}
