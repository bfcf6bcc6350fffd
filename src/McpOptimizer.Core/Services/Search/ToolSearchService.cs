using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Services.Search.Ranking;
using McpOptimizer.Core.Services.Search.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpOptimizer.Core.Services.Search;

/// <summary>
/// Searches the snapshot of a <see cref="ToolIndexHolder"/>: by words alone, and by meaning too when there is an embedding generator. A generator
/// that fails or is late costs the semantic side of one search, never the search.
/// </summary>
public sealed partial class ToolSearchService : IToolSearchService
{
    private const int MaxLimit = 50;

    // What is collapsed makes room: so many times the hits that are wanted are looked at.
    private const int SpareHits = 3;

    private readonly ToolIndexHolder _holder;
    private readonly SearchSettings _settings;
    private readonly IEmbeddingGenerator<string, Embedding<float>>? _generator;
    private readonly TwoSpaceGenerator? _spaces;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    /// <summary>A service over a holder's snapshots.</summary>
    /// <param name="holder">Where the snapshots come from.</param>
    /// <param name="settings">Ranking; null for the defaults.</param>
    /// <param name="generator">Makes query vectors in the space of the tools' vectors; null searches by words alone.</param>
    /// <param name="logger">Told when the generator fails.</param>
    /// <param name="time">Measures the patience with the generator; null for the system's.</param>
    public ToolSearchService(
        ToolIndexHolder holder,
        SearchSettings? settings = null,
        IEmbeddingGenerator<string, Embedding<float>>? generator = null,
        ILogger<ToolSearchService>? logger = null,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(holder);
        _holder = holder;
        _settings = settings ?? new SearchSettings();
        _generator = generator;
        _spaces = generator as TwoSpaceGenerator ?? generator?.GetService(typeof(TwoSpaceGenerator)) as TwoSpaceGenerator;
        _logger = logger ?? NullLogger<ToolSearchService>.Instance;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>What a model said of the tools; null where nobody asked one.</summary>
    internal EnrichedTools? Enriched { get; init; }

    private bool KnowsEnglishOnly => _spaces is not null ? _spaces.Profile.KnowsEnglishOnly : _generator is null or BuiltInEmbeddingGenerator || _generator.GetService(typeof(BuiltInEmbeddingGenerator)) is not null;

    /// <inheritdoc/>
    public Task<ToolSearchResult> SearchAsync(ToolQuery query, CancellationToken cancellationToken = default) => SearchAsync(query, null, collapses: false, cancellationToken);

    /// <summary>The same with a leg of past requests, and, if asked, with one place for what several servers list alike.</summary>
    internal async Task<ToolSearchResult> SearchAsync(ToolQuery query, HistoryLeg? history, bool collapses, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        int limit = query.Limit ?? _settings.MaxToolsToReturn;
        if (limit is < 1 or > MaxLimit)
        {
            throw new ArgumentOutOfRangeException(nameof(query), limit, $"The limit {limit} is not legal: 1 to {MaxLimit} tools can be returned.");
        }

        ToolSearchResult ranked = await RankAsync(_holder.Current, query, collapses ? limit * SpareHits : limit, history, cancellationToken).ConfigureAwait(false);
        return collapses ? ranked with { Hits = DuplicateCollapser.Collapse(ranked.Hits, limit) } : ranked;
    }

    /// <summary>The same on a given snapshot and without the bound on the limit: with a large one, every tool that was looked at closely has its place.</summary>
    internal async Task<ToolSearchResult> RankAsync(ToolIndex index, ToolQuery query, int limit, HistoryLeg? history = null, CancellationToken cancellationToken = default)
    {
        VisibleSet visible = index.VisibleTo(query.Scope);
        bool isEnglish = NeedLanguage.IsEnglish(query.Description);
        bool byWordsAlone = KnowsEnglishOnly && !isEnglish;
        bool isEmpty = string.IsNullOrWhiteSpace(query.Description) && string.IsNullOrWhiteSpace(query.Keywords);
        if (visible.ToolCount == 0 || isEmpty)
        {
            return new ToolSearchResult { Hits = [], Metrics = new TokenMetrics(visible.BaselineTokens, 0), ByWordsAlone = byWordsAlone };
        }

        TermResolver resolver = new(_settings, index, visible);
        ParsedQuery parsed = new QueryParser(_settings).Parse(query.Description, query.Keywords, resolver.IsKnown);
        QueryVectors made = byWordsAlone ? new QueryVectors([], null) : await EmbedAsync(parsed, isEnglish, cancellationToken).ConfigureAwait(false);
        RankedSpaces? spaces = _spaces is null ? null : new RankedSpaces(_spaces.Layout, _spaces.Profile, made.Fault is null && made.Vectors.Count > 0);
        RankedTools ranked = new Ranker(_settings, index, visible, spaces) { History = history, Enriched = Enriched }.Rank(parsed, made.Vectors, resolver, limit, query.Explain);
        return new ToolSearchResult
        {
            Hits = [.. ranked.Best.Select(candidate => new ToolHit
            {
                Tool = candidate.Tool,
                Score = candidate.Score,
                Explanation = query.Explain ? Explainer.Explain(index, candidate, parsed, ranked.SemanticWeight, spaces?.Layout) : null,
            })],
            Metrics = new TokenMetrics(visible.BaselineTokens, ranked.Best.Sum(candidate => (long)candidate.Tool.TokenCount)),
            Confidence = ranked.Confidence,
            Evidence = ranked.Evidence,
            ByWordsAlone = byWordsAlone,
            EncoderFault = made.Fault,
            Vector = made.Vectors.Count == 0 ? default : spaces is null ? made.Vectors[0] : isEnglish ? CheckedGeneration.ToUnitLength(made.Vectors[0][..spaces.Layout.BuiltIn]) : default,
        };
    }

    private async Task<QueryVectors> EmbedAsync(ParsedQuery query, bool isEnglish, CancellationToken cancellationToken)
    {
        if (_generator is null || _settings.SemanticWeight <= 0)
        {
            return new QueryVectors([], null);
        }

        TimeSpan limit = TimeSpan.FromMilliseconds(_settings.EmbeddingTimeoutMilliseconds);
        if (_spaces is not null)
        {
            return await _spaces.EmbedQueriesAsync(query.EmbeddedTexts, isEnglish, limit, cancellationToken).ConfigureAwait(false);
        }

        if (_generator is BuiltInEmbeddingGenerator builtIn)
        {
            return new QueryVectors([.. query.EmbeddedTexts.Select(text => new ReadOnlyMemory<float>(builtIn.Encode(text)))], null);
        }

        using CancellationTokenSource patience = new(limit, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            GeneratedEmbeddings<Embedding<float>> embeddings = await _generator.GenerateAsync(query.EmbeddedTexts, cancellationToken: either.Token)
                .WaitAsync(either.Token).ConfigureAwait(false);
            return new QueryVectors([.. embeddings.Select(embedding => embedding.Vector)], null);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoQueryVector(_logger, fault);
            return new QueryVectors([], null);
        }
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "The embedding generator failed or was late; this search goes by words alone.")]
    private static partial void LogNoQueryVector(ILogger logger, Exception fault);
}
