using System.Numerics.Tensors;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>
/// The built-in encoder and another generator as one: a vector is the built-in vector and the other one side by side, each scaled by the root of its share,
/// so that the cosine of two vectors is the mixture of both cosines. The built-in part costs microseconds and never fails; a request whose other part is
/// late, refused or faulty is answered with the built-in part alone.
/// </summary>
/// <remarks>Safe for any number of threads. The other generator belongs to whoever made it and is not disposed.</remarks>
public sealed partial class TwoSpaceGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    // More requests than this per run do not wait in line: they would be late anyhow.
    private const int MostWaitingPerRun = 8;
    private const int FailuresBeforePause = 3;
    private const string BuiltInOnly = "the built-in vectors alone stand for meaning";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly IEmbeddingGenerator<string, Embedding<float>> _other;
    private readonly BuiltInEmbeddingGenerator _builtIn = new();
    private readonly EmbeddingSettings _settings;
    private readonly double _semanticWeight;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly QueryVectorCache _queries;
    private readonly SemaphoreSlim _queryRuns;
    private readonly SemaphoreSlim _documentRuns;
    private readonly Lock _health = new();
    private Tuple<string, EncoderProfile>? _profile;
    private int _waiting;
    private int _failures;
    private long _failedAt;

    /// <summary>Puts a generator beside the built-in encoder.</summary>
    /// <param name="other">The other generator; its model id decides on prefixes and weights where <paramref name="settings"/> says nothing.</param>
    /// <param name="settings">Shares, prefixes and limits; null for the defaults.</param>
    /// <param name="logger">Told when the other generator fails, and when it answers again.</param>
    /// <param name="time">Measures patience; null for the system's.</param>
    /// <param name="semanticWeight">The weight of the built-in vector alone: <see cref="SearchSettings.SemanticWeight"/>.</param>
    public TwoSpaceGenerator(
        IEmbeddingGenerator<string, Embedding<float>> other, EmbeddingSettings? settings = null, ILogger<TwoSpaceGenerator>? logger = null, TimeProvider? time = null, double semanticWeight = 0.55)
    {
        ArgumentNullException.ThrowIfNull(other);
        _other = other;
        _settings = settings ?? new EmbeddingSettings();
        _semanticWeight = semanticWeight;
        _logger = logger ?? NullLogger<TwoSpaceGenerator>.Instance;
        _time = time ?? TimeProvider.System;
        _queries = new QueryVectorCache(_settings.QueryCacheSize);
        _queryRuns = new SemaphoreSlim(_settings.MaxConcurrentRuns);
        _documentRuns = new SemaphoreSlim(_settings.MaxConcurrentRuns);
    }

    /// <summary>Identity of both together, stored beside vectors.</summary>
    public string Model => $"{BuiltInModel}+{OtherModel}";

    /// <summary>Another table than the package's, for its evaluation.</summary>
    internal BuiltInEmbeddingGenerator BuiltInEncoder
    {
        init => _builtIn = value;
    }

    /// <summary>Identity of the built-in encoder.</summary>
    internal string BuiltInModel => _builtIn.Metadata.DefaultModelId!;

    /// <summary>Identity of the other generator, as it is known now.</summary>
    internal string OtherModel => IdentityOf(_other);

    /// <summary>Shares, prefixes and scales of the other generator, as it is known now.</summary>
    internal EncoderProfile Profile
    {
        get
        {
            string model = OtherModel;
            Tuple<string, EncoderProfile>? known = Volatile.Read(ref _profile);
            if (known?.Item1 != model)
            {
                known = Tuple.Create(model, EncoderProfile.Of(model, _settings, _semanticWeight));
                Volatile.Write(ref _profile, known);
            }

            return known!.Item2;
        }
    }

    /// <summary>How the parts of a vector lie.</summary>
    internal SpaceLayout Layout => new(_builtIn.Metadata.DefaultModelDimensions!.Value, Profile.BuiltInShare);

    /// <summary>Complete vectors of tool texts, one per text, in order.</summary>
    /// <param name="values">Texts of tools; requests are embedded by the search itself.</param>
    /// <param name="options">Handed to the other generator.</param>
    /// <param name="cancellationToken">Stops the other generator.</param>
    /// <exception cref="EmbeddingException">The other generator failed or answered something that does not fit the texts.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        IReadOnlyList<ReadOnlyMemory<float>> vectors = await EmbedDocumentsAsync(texts, options, cancellationToken).ConfigureAwait(false);
        string model = Model;
        return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector) { ModelId = model }));
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("mcp-optimizer", null, Model, null)
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(BuiltInEmbeddingGenerator) ? null
            : _other.GetService(serviceType, serviceKey);
    }

    /// <summary>Releases nothing of the other generator.</summary>
    public void Dispose()
    {
        _queryRuns.Dispose();
        _documentRuns.Dispose();
    }

    /// <summary>The identity of a generator: its model id, else its provider, else its type.</summary>
    internal static string IdentityOf(IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        EmbeddingGeneratorMetadata? metadata = generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        return metadata?.DefaultModelId ?? metadata?.ProviderName ?? generator.GetType().FullName!;
    }

    /// <summary>Complete vectors of tool texts.</summary>
    /// <exception cref="EmbeddingException">The other generator failed or answered something that does not fit the texts.</exception>
    internal async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedDocumentsAsync(IReadOnlyList<string> texts, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        if (texts.Count == 0)
        {
            return [];
        }

        string prefix = Profile.DocumentPrefix;
        await _documentRuns.WaitAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ReadOnlyMemory<float>> others;
        try
        {
            others = await AskAsync(prefix.Length == 0 ? texts : [.. texts.Select(text => prefix + text)], options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _documentRuns.Release();
        }

        return [.. texts.Select((text, i) => Combine(_builtIn.Encode(text), others[i].Span))];
    }

    /// <summary>The vectors of a request's texts: complete ones, or the built-in ones when the other generator is late, busy or faulty.</summary>
    /// <param name="texts">The request and its needs.</param>
    /// <param name="isEnglish">Whether the built-in encoder knows the language; else its part stays empty.</param>
    /// <param name="patience">How long the other generator may take.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    internal async Task<QueryVectors> EmbedQueriesAsync(IReadOnlyList<string> texts, bool isEnglish, TimeSpan patience, CancellationToken cancellationToken)
    {
        string model = OtherModel;
        ReadOnlyMemory<float>[] others = [.. texts.Select(text => _queries.Find(model, text))];
        int[] missing = [.. others.Index().Where(other => other.Item.IsEmpty).Select(other => other.Index)];
        if (missing.Length > 0 && await TryAskAsync([.. missing.Select(i => texts[i])], patience, cancellationToken).ConfigureAwait(false) is var (made, fault))
        {
            if (fault is not null)
            {
                return new QueryVectors(isEnglish ? [.. texts.Select(text => new ReadOnlyMemory<float>(_builtIn.Encode(text)))] : [], fault);
            }

            for (int i = 0; i < missing.Length; i++)
            {
                others[missing[i]] = made[i];
                _queries.Add(model, texts[missing[i]], made[i]);
            }
        }

        int width = _builtIn.Metadata.DefaultModelDimensions!.Value;
        return new QueryVectors([.. texts.Select((text, i) => Combine(isEnglish ? _builtIn.Encode(text) : new float[width], others[i].Span))], null);
    }

    /// <summary>The built-in vector of a text.</summary>
    internal ReadOnlyMemory<float> BuiltIn(string text) => _builtIn.Encode(text);

    /// <summary>One vector of two, both of unit length.</summary>
    internal ReadOnlyMemory<float> Combine(ReadOnlySpan<float> builtIn, ReadOnlySpan<float> other)
    {
        SpaceLayout layout = Layout;
        float[] vector = new float[builtIn.Length + other.Length];
        TensorPrimitives.Multiply(builtIn, layout.Root, vector);
        TensorPrimitives.Multiply(other, layout.OtherRoot, vector.AsSpan(builtIn.Length));
        return vector;
    }

    /// <summary>A stored vector of both spaces with the shares of now.</summary>
    internal ReadOnlyMemory<float> Fit(ReadOnlyMemory<float> stored)
    {
        SpaceLayout layout = Layout;
        if (stored.Length <= layout.BuiltIn)
        {
            return stored;
        }

        ReadOnlySpan<float> builtIn = stored.Span[..layout.BuiltIn];
        ReadOnlySpan<float> other = stored.Span[layout.BuiltIn..];
        float own = TensorPrimitives.Norm(builtIn);
        float others = TensorPrimitives.Norm(other);
        if (own == 0 || others == 0 || Math.Abs(own - layout.Root) < 1e-3f)
        {
            return stored;
        }

        float[] vector = new float[stored.Length];
        TensorPrimitives.Multiply(builtIn, layout.Root / own, vector);
        TensorPrimitives.Multiply(other, layout.OtherRoot / others, vector.AsSpan(layout.BuiltIn));
        return vector;
    }

    private async Task<(IReadOnlyList<ReadOnlyMemory<float>> Vectors, string? Fault)> TryAskAsync(IReadOnlyList<string> texts, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (IsPaused())
        {
            return ([], $"The embedding generator '{OtherModel}' failed several times and is left alone for a while; {BuiltInOnly}.");
        }

        if (Interlocked.Increment(ref _waiting) > MostWaitingPerRun * _settings.MaxConcurrentRuns)
        {
            Interlocked.Decrement(ref _waiting);
            return ([], $"The embedding generator '{OtherModel}' has too many requests; {BuiltInOnly}.");
        }

        using CancellationTokenSource limit = new(patience, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // A generator that does not heed the token keeps its place until it is done: there are never more runs than places.
            IReadOnlyList<ReadOnlyMemory<float>> vectors = await Task.Run(() => AskInTurnAsync(texts, either.Token), either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            Succeeded();
            return (vectors, null);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(fault);
            string what = limit.IsCancellationRequested ? $"The embedding generator '{OtherModel}' was late" : fault is EmbeddingException ? fault.Message.TrimEnd('.') : $"The embedding generator '{OtherModel}' failed";
            return ([], $"{what}; {BuiltInOnly}.");
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<float>>> AskInTurnAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        string prefix = Profile.QueryPrefix;
        await _queryRuns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await AskAsync(prefix.Length == 0 ? texts : [.. texts.Select(text => prefix + text)], null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _queryRuns.Release();
        }
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<float>>> AskAsync(IReadOnlyList<string> texts, EmbeddingGenerationOptions? options, CancellationToken cancellationToken) =>
        await CheckedGeneration.RunAsync(_other, OtherModel, texts, options, cancellationToken).ConfigureAwait(false);

    private bool IsPaused()
    {
        lock (_health)
        {
            return _failures >= FailuresBeforePause && _time.GetElapsedTime(_failedAt) < Pause;
        }
    }

    private void Succeeded()
    {
        lock (_health)
        {
            if (_failures == 0)
            {
                return;
            }

            _failures = 0;
        }

        LogAnswersAgain(OtherModel);
    }

    // Said once, and again after it has answered in between.
    private void Failed(Exception fault)
    {
        bool isFirst;
        lock (_health)
        {
            isFirst = _failures++ == 0;
            _failedAt = _time.GetTimestamp();
        }

        if (isFirst)
        {
            LogFailed(fault, OtherModel);
        }
    }

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "The embedding generator {Model} failed or was late; searches go by words and the built-in vectors until it answers.")]
    private partial void LogFailed(Exception fault, string model);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Information, Message = "The embedding generator {Model} answers again.")]
    private partial void LogAnswersAgain(string model);
}
