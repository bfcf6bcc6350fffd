using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Tests.Search;

/// <summary>An embedding generator that never answers and listens to nobody.</summary>
internal sealed class SilentEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        new TaskCompletionSource<GeneratedEmbeddings<Embedding<float>>>().Task;

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
