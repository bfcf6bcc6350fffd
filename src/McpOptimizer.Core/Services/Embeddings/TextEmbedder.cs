using System.Numerics.Tensors;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Store;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>The built-in encoder alone, or beside the generator that the host registered, as ingestion and search use it.</summary>
internal sealed class TextEmbedder : IDisposable
{
    private readonly TwoSpaceGenerator? _spaces;
    private readonly TwoSpaceGenerator? _own;
    private readonly BuiltInEmbeddingGenerator? _builtIn;
    private readonly TimeProvider _time;

    public TextEmbedder(IEnumerable<IEmbeddingGenerator<string, Embedding<float>>> generators, IOptions<McpOptimizerOptions> options, ILogger<TwoSpaceGenerator> logger, TimeProvider time)
    {
        _time = time;

        // The last registration wins, as everywhere in dependency injection; the built-in encoder stays beside it.
        IEmbeddingGenerator<string, Embedding<float>>? registered = options.Value.Embeddings.Provider == EmbeddingProvider.None ? null : generators.LastOrDefault();
        if (registered is null or BuiltInEmbeddingGenerator or TwoSpaceGenerator)
        {
            _builtIn = registered as BuiltInEmbeddingGenerator;
            _spaces = registered as TwoSpaceGenerator;
            Generator = registered;
            return;
        }

        Generator = _spaces = _own = new TwoSpaceGenerator(registered, options.Value.Embeddings, logger, time, options.Value.Search.SemanticWeight);
    }

    /// <summary>Identity of the model, or of both, stored beside each complete vector; null without vectors.</summary>
    public string? Model => _spaces?.Model ?? _builtIn?.Metadata.DefaultModelId;

    /// <summary>Identity of the vectors by which requests are remembered: of two spaces the built-in one, which every request has.</summary>
    public string? RequestModel => _spaces?.BuiltInModel ?? Model;

    /// <summary>The generator, for query vectors; a <see cref="TwoSpaceGenerator"/> where the host registered one; null without vectors.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? Generator { get; }

    public void Dispose() => _own?.Dispose();

    /// <summary>One complete vector per text, in order; empty vectors without a generator.</summary>
    /// <exception cref="EmbeddingException">The generator failed or answered something that does not fit the texts.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        Generator is null || texts.Count == 0 ? new ReadOnlyMemory<float>[texts.Count]
        : _spaces is not null ? await _spaces.EmbedDocumentsAsync(texts, null, cancellationToken).ConfigureAwait(false)
        : [.. texts.Select(text => new ReadOnlyMemory<float>(_builtIn!.Encode(text)))];

    /// <summary>What can be had in the time there is: complete vectors, else built-in ones, else none. Fails only by the token.</summary>
    /// <param name="texts">What is to be embedded.</param>
    /// <param name="patience">How long the host's generator may take; null as long as it wants.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<EmbeddedTexts> EmbedWithinAsync(IReadOnlyList<string> texts, TimeSpan? patience, CancellationToken cancellationToken = default)
    {
        if (_spaces is null || texts.Count == 0)
        {
            return new EmbeddedTexts(await EmbedAsync(texts, cancellationToken).ConfigureAwait(false), Model, null);
        }

        using CancellationTokenSource limit = new(patience ?? Timeout.InfiniteTimeSpan, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        string? fault = null;
        try
        {
            string model = _spaces.Model;
            IReadOnlyList<ReadOnlyMemory<float>> vectors = await Task.Run(() => _spaces.EmbedDocumentsAsync(texts, null, either.Token), either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            return new EmbeddedTexts(vectors, model, null);
        }
        catch (EmbeddingException e)
        {
            fault = e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Late is no fault: the background goes on with it.
        }

        return new EmbeddedTexts([.. texts.Select(_spaces.BuiltIn)], _spaces.BuiltInModel, fault);
    }

    /// <summary>The vector that stands for a text while the host's generator has none: the built-in one; empty without vectors.</summary>
    public ReadOnlyMemory<float> StandIn(string text) => _spaces is not null ? _spaces.BuiltIn(text) : _builtIn is not null ? _builtIn.Encode(text) : default(ReadOnlyMemory<float>);

    /// <summary>The complete vector that a row holds or makes possible without asking the host's generator; empty when it must be asked.</summary>
    /// <param name="tool">The row.</param>
    /// <param name="text">The text that its vector stands for.</param>
    public ReadOnlyMemory<float> Keep(StoredTool tool, string text)
    {
        if (tool.Embedding.IsEmpty || Model is not { } model)
        {
            return default;
        }

        if (tool.EmbeddingModel == model)
        {
            return _spaces?.Fit(tool.Embedding) ?? tool.Embedding;
        }

        // Stored before there were two spaces, or by a host that gave the generator up: what is missing costs nothing.
        return _spaces is not null && tool.EmbeddingModel == _spaces.OtherModel ? _spaces.Combine(_spaces.BuiltIn(text).Span, CheckedGeneration.ToUnitLength(tool.Embedding).Span)
            : default;
    }

    /// <summary>The vector that can stand for a row in the index now: the complete one, else the built-in one, else an empty one.</summary>
    /// <param name="tool">The row.</param>
    /// <param name="context">Its server, as in its text.</param>
    /// <param name="definition">Its definition.</param>
    public ReadOnlyMemory<float> VectorOf(StoredTool tool, string context, ToolDefinition definition)
    {
        if (Generator is null)
        {
            return default;
        }

        if (tool.EmbeddingModel == Model && !tool.Embedding.IsEmpty)
        {
            return _spaces?.Fit(tool.Embedding) ?? tool.Embedding;
        }

        string text = EmbeddingText.ForTool(context, definition);
        ReadOnlyMemory<float> kept = Keep(tool, text);
        return !kept.IsEmpty ? kept
            : _spaces is null ? _builtIn!.Encode(text)
            : tool.EmbeddingModel == _spaces.BuiltInModel && !tool.Embedding.IsEmpty ? tool.Embedding
            : _spaces.BuiltIn(text);
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

        return sum is null || TensorPrimitives.Norm<float>(sum) < 1e-6f ? default : CheckedGeneration.ToUnitLength(sum);
    }
}
