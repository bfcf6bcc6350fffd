using System.Numerics.Tensors;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Store;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>The built-in encoder alone, or beside the generator that the host registered.</summary>
internal sealed class TextEmbedder : ITextEmbedder, IDisposable
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

    public string? Model => _spaces?.Model ?? _builtIn?.Metadata.DefaultModelId;

    public string? RequestModel => _spaces?.BuiltInModel ?? Model;

    public IEmbeddingGenerator<string, Embedding<float>>? Generator { get; }

    public void Dispose() => _own?.Dispose();

    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        Generator is null || texts.Count == 0 ? new ReadOnlyMemory<float>[texts.Count]
        : _spaces is not null ? await _spaces.EmbedDocumentsAsync(texts, null, cancellationToken).ConfigureAwait(false)
        : [.. texts.Select(text => new ReadOnlyMemory<float>(_builtIn!.Encode(text)))];

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

    public ReadOnlyMemory<float> StandIn(string text) => _spaces is not null ? _spaces.BuiltIn(text) : _builtIn is not null ? _builtIn.Encode(text) : default(ReadOnlyMemory<float>);

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
