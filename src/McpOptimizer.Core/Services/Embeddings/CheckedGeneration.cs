using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>Asks a generator and checks what comes back, so that a wrong answer never reaches the store or a ranking.</summary>
internal static class CheckedGeneration
{
    /// <summary>One unit-length vector per text, in order.</summary>
    /// <param name="generator">Who is asked.</param>
    /// <param name="model">Its name in messages.</param>
    /// <param name="texts">What is to be embedded.</param>
    /// <param name="options">Handed through.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EmbeddingException">The generator failed or answered something that does not fit the texts.</exception>
    public static async Task<IReadOnlyList<ReadOnlyMemory<float>>> RunAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, string model, IReadOnlyList<string> texts, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<Embedding<float>> generated;
        try
        {
            generated = await generator.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new EmbeddingException($"The embedding generator '{model}' failed: {e.Message}", e);
        }

        if (generated.Count != texts.Count)
        {
            throw new EmbeddingException($"The embedding generator '{model}' answered {generated.Count} vectors for {texts.Count} texts.");
        }

        ReadOnlyMemory<float>[] vectors = new ReadOnlyMemory<float>[texts.Count];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = ToUnitLength(generated[i].Vector);
            if (vectors[i].Length != vectors[0].Length)
            {
                throw new EmbeddingException($"The embedding generator '{model}' mixed vectors of {vectors[0].Length} and {vectors[i].Length} dimensions.");
            }
        }

        return vectors;
    }

    /// <summary>A vector of length one in the same direction; what has no direction stays as it is.</summary>
    public static ReadOnlyMemory<float> ToUnitLength(ReadOnlyMemory<float> vector)
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
