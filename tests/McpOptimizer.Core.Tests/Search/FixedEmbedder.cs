using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Tests.Search;

/// <summary>An embedding generator of which a test decides every answer.</summary>
internal sealed class FixedEmbedder(Func<string, float[]> embed) : IEmbeddingGenerator<string, Embedding<float>>
{
    public List<string> Asked { get; } = [];

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (Asked)
        {
            Asked.AddRange(values);
        }

        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(value => new Embedding<float>(embed(value)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
