using Microsoft.Extensions.AI;

namespace Benchmarks.Search;

/// <summary>Gives the catalogue's vectors for queries, so that the benchmark times the search and not an encoder.</summary>
internal sealed class CatalogueEmbedder(SyntheticCatalogue catalogue) : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(value => new Embedding<float>(catalogue.Vector(value)))));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
