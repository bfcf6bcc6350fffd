using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>A deterministic generator that remembers what it was asked.</summary>
public sealed class CountingEmbedder(string model = "test-model", int dimensions = 16) : IEmbeddingGenerator<string, Embedding<float>>
{
    public ConcurrentQueue<string> Texts { get; } = new();

    public Exception? Failure { get; set; }

    /// <summary>Nothing is answered before this.</summary>
    public Task Until { get; init; } = Task.CompletedTask;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        await Until.WaitAsync(cancellationToken);

        GeneratedEmbeddings<Embedding<float>> vectors = [];
        foreach (string text in values)
        {
            Texts.Enqueue(text);
            vectors.Add(new Embedding<float>(VectorOf(text)));
        }

        return vectors;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, model, dimensions) : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private float[] VectorOf(string text)
    {
        float[] vector = new float[dimensions];
        foreach (string word in text.ToLowerInvariant().Split([' ', ':', '|', '.', '_', '-', '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            uint hash = 2166136261;
            foreach (char c in word)
            {
                hash = (hash ^ c) * 16777619;
            }

            vector[hash % (uint)dimensions] += 1;
        }

        return vector;
    }
}
