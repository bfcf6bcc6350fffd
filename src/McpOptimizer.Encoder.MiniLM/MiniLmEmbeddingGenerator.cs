using Microsoft.Extensions.AI;

namespace McpOptimizer.Encoder.MiniLM;

/// <summary>
/// all-MiniLM-L6-v2 in 8-bit numbers: a sentence of twenty words takes one to four milliseconds of one core. Vectors are of unit length and the same to the
/// bit on every processor and in every run, whatever stands beside a text.
/// </summary>
/// <remarks>
/// Safe for any number of threads. The weights (23 MB) stay where the loader maps them; the vocabulary is read once per process, on first use. English; the
/// first 254 pieces of words of a text count.
/// </remarks>
public sealed class MiniLmEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Components of a vector.</summary>
    public const int Dimensions = MiniLmModel.Hidden;

    private static readonly Lazy<MiniLmEncoder> Shared = new(() => new MiniLmEncoder(MiniLmModel.Shared));

    /// <summary>Provider name, model id (with a digest of the weights) and dimensions.</summary>
    public EmbeddingGeneratorMetadata Metadata { get; } = new("mcp-optimizer", null, $"all-MiniLM-L6-v2-int8@{MiniLmModel.Shared.Digest}", Dimensions);

    /// <summary>One vector per text, in order, one after the other on the thread that awaits.</summary>
    /// <param name="values">Texts; an empty one has a vector too, the same for all.</param>
    /// <param name="options">Ignored but for <see cref="EmbeddingGenerationOptions.Dimensions"/>, which must be 384 when given.</param>
    /// <param name="cancellationToken">Checked between texts.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another number of dimensions was asked for.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } asked && asked != Dimensions)
        {
            throw new ArgumentOutOfRangeException(nameof(options), asked, $"all-MiniLM-L6-v2 has {Dimensions} dimensions; ask for that number or for none.");
        }

        GeneratedEmbeddings<Embedding<float>> result = values.TryGetNonEnumeratedCount(out int count) ? new(count) : [];
        foreach (string value in values)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return Task.FromCanceled<GeneratedEmbeddings<Embedding<float>>>(cancellationToken);
            }

            result.Add(new Embedding<float>(Encode(value)) { ModelId = Metadata.DefaultModelId });
        }

        return Task.FromResult(result);
    }

    /// <summary>The vector of one text, without the wrapping.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
#pragma warning disable CA1822 // As with every generator, callers hold one.
    public float[] Encode(string text)
#pragma warning restore CA1822
    {
        ArgumentNullException.ThrowIfNull(text);
        float[] vector = new float[Dimensions];
        Shared.Value.Encode(text, vector);
        return vector;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Nothing to release: the weights belong to the process.</summary>
    public void Dispose()
    {
    }
}
