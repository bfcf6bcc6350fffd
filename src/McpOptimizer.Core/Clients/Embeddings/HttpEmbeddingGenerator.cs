using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Clients.Embeddings;

/// <summary>
/// Embeddings of a service over HTTP. Its identity is the model the service names; the call that notices another model or another length fails, so that
/// vectors of two
/// models never mix, and the next one goes on under the new identity.
/// </summary>
internal sealed partial class HttpEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly HttpEmbeddingOptions _options;
    private readonly IEmbeddingProtocol _protocol;
    private readonly TimeProvider _time;
    private readonly ILogger<HttpEmbeddingGenerator> _logger;
    private readonly SemaphoreSlim _check = new(1, 1);
    private readonly Lock _identityLock = new();
    private string? _served;
    private int? _width;
    private long? _checkedAt;
    private EmbeddingGeneratorMetadata _metadata;

    public HttpEmbeddingGenerator(
        HttpEmbeddingTransport transport, IOptions<HttpEmbeddingOptions> options, TimeProvider time, ILogger<HttpEmbeddingGenerator> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _protocol = _options.EffectiveProtocol == HttpEmbeddingProtocol.Tei ? new TeiProtocol(transport, _options) : new OpenAiProtocol(transport, _options);
        _width = _options.Dimensions;
        _metadata = Describe();
    }

    /// <summary>Provider, endpoint, identity of the model and length of its vectors, as known now.</summary>
    public EmbeddingGeneratorMetadata Metadata
    {
        get
        {
            lock (_identityLock)
            {
                return _metadata;
            }
        }
    }

    /// <summary>Learns the identity before anything is embedded; cheap when it was learnt a short while ago.</summary>
    /// <exception cref="EmbeddingException">The service does not answer, or serves another model than the options name.</exception>
    public async Task IdentifyAsync(CancellationToken cancellationToken = default)
    {
        if (IsFresh())
        {
            return;
        }

        await _check.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsFresh())
            {
                return;
            }

            string? served = await _protocol.ReadModelAsync(cancellationToken).ConfigureAwait(false);
            NoteModel(served);
            lock (_identityLock)
            {
                _checkedAt = _time.GetTimestamp();
            }
        }
        finally
        {
            _check.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="EmbeddingException">The service failed, answered what does not fit the texts, or serves another model than before.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        await IdentifyAsync(cancellationToken).ConfigureAwait(false);
        int size = Math.Min(_options.BatchSize, _protocol.MaxBatch);
        float[][] vectors = new float[texts.Length][];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = _options.MaxConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, (texts.Length + size - 1) / size, parallel, async (batch, token) =>
        {
            Range range = (batch * size)..Math.Min(texts.Length, (batch + 1) * size);
            float[][] part = await EmbedAsync(new ArraySegment<string>(texts)[range], token).ConfigureAwait(false);
            part.CopyTo(vectors, batch * size);
        }).ConfigureAwait(false);
        string? model = Metadata.DefaultModelId;
        return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector) { ModelId = model }));
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

    /// <inheritdoc/>
    public void Dispose() => _check.Dispose();

    private bool IsFresh()
    {
        lock (_identityLock)
        {
            return _checkedAt is { } at && _time.GetElapsedTime(at) < _options.ModelCheckInterval;
        }
    }

    private async Task<float[][]> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        EmbeddingBatch batch;
        try
        {
            batch = await _protocol.EmbedAsync(texts, cancellationToken).ConfigureAwait(false);
        }
        catch (TooLargeException fault) when (texts.Count == 1)
        {
            throw new EmbeddingException(fault.Message, fault);
        }
        catch (TooLargeException)
        {
            int half = texts.Count / 2;
            return
            [
                .. await EmbedAsync([.. texts.Take(half)], cancellationToken).ConfigureAwait(false),
                .. await EmbedAsync([.. texts.Skip(half)], cancellationToken).ConfigureAwait(false),
            ];
        }

        if (batch.Vectors.Length != texts.Count)
        {
            throw new EmbeddingException($"The embedding service answered {batch.Vectors.Length} vectors for {texts.Count} texts.");
        }

        if (batch.Model is { } model && NoteModel(model))
        {
            throw new EmbeddingException($"The embedding service changed its model; it is '{model}' now. What was embedded before is made again.");
        }

        Array.ForEach(batch.Vectors, CheckVector);
        return batch.Vectors;
    }

    private void CheckVector(float[] vector)
    {
        int expected;
        lock (_identityLock)
        {
            if (_width is null)
            {
                _width = vector.Length;
                _metadata = Describe();
            }

            expected = _width.Value;

            // Another length may mean another model: ask at the next call.
            _checkedAt = vector.Length == expected ? _checkedAt : null;
        }

        if (vector.Length == 0 || vector.Length != expected)
        {
            throw new EmbeddingException($"The embedding service answered a vector of {vector.Length} dimensions; {expected} were expected.");
        }

        if (Array.Exists(vector, value => !float.IsFinite(value)))
        {
            throw new EmbeddingException("The embedding service answered a vector with numbers that are not finite.");
        }
    }

    /// <summary>Takes over the model the service names; true when it was another one before.</summary>
    private bool NoteModel(string? served)
    {
        string? before;
        lock (_identityLock)
        {
            if (served is null || served == _served)
            {
                return false;
            }

            before = _served;
            _served = served;
            _width = before is null ? _width : _options.Dimensions;
            _metadata = Describe();
        }

        if (before is null)
        {
            LogModel(served);
            return false;
        }

        LogModelChanged(before, served);
        return true;
    }

    private EmbeddingGeneratorMetadata Describe()
    {
        string model = _served ?? _options.Model ?? "unknown";
        string identity = _options.Dimensions is { } asked ? $"{model}/{asked}" : model;
        return new EmbeddingGeneratorMetadata(_options.EffectiveProtocol == HttpEmbeddingProtocol.Tei ? "tei" : "openai", _options.Endpoint, identity, _width);
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "The embedding service serves the model {Model}")]
    private partial void LogModel(string model);

    [LoggerMessage(
        EventId = 2202, Level = LogLevel.Warning, Message = "The embedding service changed its model from {Before} to {After}; everything is embedded again")]
    private partial void LogModelChanged(string before, string after);
}
