using System.Reflection;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>
/// The encoder that ships inside the package: a table of word vectors trained on requests and tool texts. No download, no native library, no service; a
/// short text takes
/// microseconds. Vectors are of unit length and the same to the bit in every run, so that their dot product is their cosine and a content hash may stand
/// for them.
/// </summary>
/// <remarks>Stateless and safe for any number of threads; the table (up to 10 MB) is read once per process, on first use.</remarks>
public sealed class BuiltInEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string ResourceName = "McpOptimizer.Core.Resources.encoder.bin";
    private static readonly Lazy<EncoderModel> Shared = new(Load);
    private readonly Lazy<EncoderModel> _model;

    /// <summary>Uses the table in the package, which is read when it is needed first.</summary>
    public BuiltInEmbeddingGenerator() => _model = Shared;

    /// <summary>Uses another table, for training and its evaluation.</summary>
    internal BuiltInEmbeddingGenerator(EncoderModel model) => _model = new Lazy<EncoderModel>(model);

    /// <summary>Provider name, model id (which names the table by a digest) and dimensions.</summary>
    public EmbeddingGeneratorMetadata Metadata => field ??= new EmbeddingGeneratorMetadata("mcp-optimizer", null, Model.Header.ModelId, Model.Header.Dimensions);

    /// <summary>Size of the table in bytes.</summary>
    internal int ResourceSize => Model.FileSize;

    private EncoderModel Model => _model.Value;

    /// <summary>One vector per text, in order.</summary>
    /// <param name="values">Texts; an empty one gives a vector of zeros.</param>
    /// <param name="options">Ignored but for <see cref="EmbeddingGenerationOptions.Dimensions"/>, which must be the table's when given.</param>
    /// <param name="cancellationToken">Checked between texts.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another number of dimensions was asked for.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } asked && asked != Model.Header.Dimensions)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), asked, $"The built-in encoder has {Model.Header.Dimensions} dimensions; ask for that number or for none.");
        }

        GeneratedEmbeddings<Embedding<float>> result = values.TryGetNonEnumeratedCount(out int count) ? new(count) : [];
        foreach (string value in values)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return Task.FromCanceled<GeneratedEmbeddings<Embedding<float>>>(cancellationToken);
            }

            result.Add(new Embedding<float>(Encode(value)) { ModelId = Model.Header.ModelId });
        }

        return Task.FromResult(result);
    }

    /// <summary>The vector of one text, without the wrapping.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public float[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        float[] vector = new float[Model.Header.Dimensions];
        Model.Encode(text, vector);
        return vector;
    }

    /// <summary>Writes the vector of <paramref name="text"/> into <paramref name="vector"/>, which must have the table's number of dimensions.</summary>
    /// <exception cref="ArgumentException"><paramref name="vector"/> has another length.</exception>
    public void Encode(ReadOnlySpan<char> text, Span<float> vector)
    {
        if (vector.Length != Model.Header.Dimensions)
        {
            throw new ArgumentException($"The target has {vector.Length} places; the built-in encoder writes {Model.Header.Dimensions}.", nameof(vector));
        }

        Model.Encode(text, vector);
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

    /// <summary>Nothing to release: the table belongs to the process.</summary>
    public void Dispose()
    {
    }

    private static EncoderModel Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The package lacks its encoder table '{ResourceName}'.");
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        return EncoderModel.Read(file);
    }
}
