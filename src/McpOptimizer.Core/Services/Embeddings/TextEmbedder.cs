using System.Numerics.Tensors;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>Asks the registered generator and checks what comes back, so that a wrong answer never reaches the store.</summary>
internal sealed class TextEmbedder : ITextEmbedder
{
    public TextEmbedder(IEnumerable<IEmbeddingGenerator<string, Embedding<float>>> generators, IOptions<McpOptimizerOptions> options)
    {
        // The last registration wins, as everywhere in dependency injection: a host's own generator replaces the built-in one.
        Generator = options.Value.Embeddings.Provider == EmbeddingProvider.None ? null : generators.LastOrDefault();
        EmbeddingGeneratorMetadata? metadata = Generator?.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        Model = Generator is null ? null : metadata?.DefaultModelId ?? metadata?.ProviderName ?? Generator.GetType().FullName;
    }

    public string? Model { get; }

    public IEmbeddingGenerator<string, Embedding<float>>? Generator { get; }

    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        if (Generator is null || texts.Count == 0)
        {
            return new ReadOnlyMemory<float>[texts.Count];
        }

        GeneratedEmbeddings<Embedding<float>> generated;
        try
        {
            generated = await Generator.GenerateAsync(texts, options: null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new EmbeddingException($"The embedding generator '{Model}' failed: {e.Message}", e);
        }

        if (generated.Count != texts.Count)
        {
            throw new EmbeddingException($"The embedding generator '{Model}' answered {generated.Count} vectors for {texts.Count} texts.");
        }

        ReadOnlyMemory<float>[] vectors = new ReadOnlyMemory<float>[texts.Count];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = ToUnitLength(generated[i].Vector);
            if (vectors[i].Length != vectors[0].Length)
            {
                throw new EmbeddingException($"The embedding generator '{Model}' mixed vectors of {vectors[0].Length} and {vectors[i].Length} dimensions.");
            }
        }

        return vectors;
    }

    /// <summary>The mean of unit vectors, again of unit length; empty when there are none or they cancel out.</summary>
    public static ReadOnlyMemory<float> MeanPool(IEnumerable<ReadOnlyMemory<float>> vectors)
    {
        float[]? sum = null;
        foreach (ReadOnlyMemory<float> vector in vectors.Where(vector => !vector.IsEmpty))
        {
            sum ??= new float[vector.Length];
            if (vector.Length == sum.Length)
            {
                TensorPrimitives.Add(sum, vector.Span, sum);
            }
        }

        return sum is null || TensorPrimitives.Norm<float>(sum) < 1e-6f ? default : ToUnitLength(sum);
    }

    private static ReadOnlyMemory<float> ToUnitLength(ReadOnlyMemory<float> vector)
    {
        float norm = TensorPrimitives.Norm(vector.Span);
        if (norm == 0 || !float.IsFinite(norm) || MathF.Abs(norm - 1) < 1e-5f)
        {
            return vector;
        }

        float[] unit = new float[vector.Length];
        TensorPrimitives.Divide(vector.Span, norm, unit);
        return unit;
    }
}
