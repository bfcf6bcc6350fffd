using System.Collections.Concurrent;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search.Index;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Enrichment;

/// <summary>
/// Has a model word requests for tools that have none yet, and keeps them by definition: the same definition is paid for once, whoever lists it and however often
/// the optimizer starts. Only what callers may find is sent, and only by the process that takes servers in.
/// </summary>
internal sealed partial class EnrichmentService(
    OptimizerStore store, IStoreReplicas replicas, ToolIndexes indexes, TextEmbedder embedder, EnrichedTools enriched, EnrichmentClient client, IOptions<McpOptimizerOptions> options, TimeProvider clock,
    ILogger<EnrichmentService> logger)
{
    private const int MostStored = 200_000;
    private const int MostCalls = 5;
    private const int FaultsInARow = 3;

    // What another process wrote may have been stamped before it was committed.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromHours(1);

    private readonly EnrichmentSettings _settings = options.Value.Enrichment;
    private readonly EnrichmentBudget _budget = new(options.Value.Enrichment, clock);
    private readonly ConcurrentDictionary<string, StoredEnrichment> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoredEnrichment> _unwritten = new(StringComparer.Ordinal);
    private DateTimeOffset _readUntil = DateTimeOffset.UnixEpoch;
    private DateTimeOffset _pausedUntil;
    private int _faults;
    private int _pauses;
    private bool _isBudgetTold;

    /// <summary>Takes over what is stored, whoever wrote it.</summary>
    /// <exception cref="OptimizerStoreException">It cannot be read.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = clock.GetUtcNow();
        IReadOnlyList<StoredEnrichment> rows = await store.ReadAsync(
            (session, token) => session.Enrichments.ListAsync(client.Model, EnrichmentPrompt.Version, _readUntil, token), cancellationToken).ConfigureAwait(false);
        enriched.Add(rows.Where(row => !_known.TryGetValue(row.DefinitionHash, out StoredEnrichment? known) || known.At != row.At));
        foreach (StoredEnrichment row in rows)
        {
            _known[row.DefinitionHash] = row;
        }

        _readUntil = now - Overlap;
    }

    /// <summary>Asks about tools that nothing is known of, as many as the bounds allow.</summary>
    /// <exception cref="OptimizerStoreException">What was made cannot be stored; it serves this process, and is stored by the next run.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (embedder.RequestModel is null || clock.GetUtcNow() < _pausedUntil || !await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await WriteAsync(cancellationToken).ConfigureAwait(false);
        List<IndexedTool> wanted = FindWanted();
        if (wanted.Count == 0)
        {
            return;
        }

        (long calls, long tokens) = await store.ReadAsync((session, token) => session.Enrichments.SpentAsync(_budget.DayStart, token), cancellationToken).ConfigureAwait(false);
        _budget.Set(calls, tokens);
        await AskAllAsync(wanted, cancellationToken).ConfigureAwait(false);
    }

    // Everything that a search may find, and nothing else: what is withheld is in another index, and what is stopped is not listed.
    private List<IndexedTool> FindWanted()
    {
        DateTimeOffset now = clock.GetUtcNow();
        HashSet<string> hashes = new(StringComparer.Ordinal);
        List<IndexedTool> wanted = [];
        foreach (IndexedTool tool in indexes.Workloads.Current.ListTools())
        {
            string hash = DefinitionHashes.Of(tool);
            if (IsWanted(hash, now) && hashes.Add(hash))
            {
                wanted.Add(tool);
                if (wanted.Count == _settings.MaxToolsPerRun)
                {
                    break;
                }
            }
        }

        return wanted;
    }

    private bool IsWanted(string hash, DateTimeOffset now) =>
        !_known.TryGetValue(hash, out StoredEnrichment? known)
        || (known.State == EnrichmentState.Failed && known.Calls < MostCalls && now >= known.At + (FirstRetry * Math.Pow(4, known.Calls - 1)));

    private async Task AskAllAsync(List<IndexedTool> wanted, CancellationToken cancellationToken)
    {
        int made = 0;
        int discarded = 0;
        int failed = 0;
        long tokens = 0;
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        OptimizerStoreException? fault = null;
        using SemaphoreSlim writing = new(1, 1);
        try
        {
            ParallelOptions parallel = new() { MaxDegreeOfParallelism = _settings.MaxConcurrentCalls, CancellationToken = enough.Token };
            await Parallel.ForEachAsync(wanted, parallel, async (tool, token) =>
            {
                if (!await MayAskAsync(tool, token).ConfigureAwait(false))
                {
                    return;
                }

                StoredEnrichment row = await AskAsync(tool, token).ConfigureAwait(false);

                // What was paid for is kept, even if the host stops or another call shows that this is enough.
                await writing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
                try
                {
                    made += row.State == EnrichmentState.Made ? 1 : 0;
                    discarded += row.State == EnrichmentState.Discarded ? 1 : 0;
                    failed += row.State == EnrichmentState.Failed ? 1 : 0;
                    tokens += row.Tokens;
                    _unwritten[row.DefinitionHash] = row;
                    await WriteAsync(CancellationToken.None).ConfigureAwait(false);
                }
                catch (OptimizerStoreException e)
                {
                    fault = e;
                    await enough.CancelAsync().ConfigureAwait(false);
                }
                finally
                {
                    writing.Release();
                }
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing more can be stored, so nothing more is paid for.
        }

        if (made + discarded + failed > 0)
        {
            enriched.Add(wanted.Select(tool => _known.GetValueOrDefault(DefinitionHashes.Of(tool))).OfType<StoredEnrichment>());
            LogRun(made, discarded, failed, tokens);
        }

        if (fault is not null)
        {
            throw fault;
        }
    }

    // Looked at again before each call: the run waits between them, and what was visible may be withheld by now.
    private async Task<bool> MayAskAsync(IndexedTool tool, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (clock.GetUtcNow() < _pausedUntil || !await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false) || !IsVisible(tool))
            {
                return false;
            }

            switch (_budget.Take())
            {
                case null:
                    TellBudget();
                    return false;
                case { Ticks: 0 }:
                    _isBudgetTold = false;
                    return true;
                case { } wait:
                    await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    private bool IsVisible(IndexedTool tool) =>
        indexes.Workloads.Current.FindTool(tool.ServerName, tool.Name) is { } now && (now == tool || DefinitionHashes.Of(now) == DefinitionHashes.Of(tool));

    private async Task<StoredEnrichment> AskAsync(IndexedTool tool, CancellationToken cancellationToken)
    {
        string hash = DefinitionHashes.Of(tool);
        (string? answer, string? fault, long tokens) = await client.AskAsync(tool, cancellationToken).ConfigureAwait(false);
        _budget.Spend(tokens);
        _known.TryGetValue(hash, out StoredEnrichment? before);
        StoredEnrichment row = new()
        {
            DefinitionHash = hash,
            Model = client.Model,
            PromptVersion = EnrichmentPrompt.Version,
            State = EnrichmentState.Failed,
            Reason = fault,
            At = clock.GetUtcNow(),
            Calls = (before?.Calls ?? 0) + 1,
            Tokens = (before?.Tokens ?? 0) + tokens,
        };
        if (answer is null)
        {
            CountFault();
            LogFailed(tool.ServerName, tool.Name, fault!);
            return row;
        }

        _faults = 0;
        _pauses = 0;
        (string purpose, IReadOnlyList<string> requests, string? bad) = EnrichmentReader.Read(answer, _settings);
        if (bad is not null)
        {
            LogDiscarded(tool.ServerName, tool.Name, bad);
            return row with { State = EnrichmentState.Discarded, Reason = bad };
        }

        return row with { State = EnrichmentState.Made, Purpose = purpose, Requests = requests };
    }

    // A client that is down is left alone for a while, longer each time.
    private void CountFault()
    {
        if (Interlocked.Increment(ref _faults) >= FaultsInARow)
        {
            _faults = 0;
            TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(_pauses++, 10));
            _pausedUntil = clock.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
        }
    }

    private void TellBudget()
    {
        if (!_isBudgetTold)
        {
            _isBudgetTold = true;
            LogBudget(_settings.MaxCallsPerDay, _settings.MaxTokensPerDay);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        StoredEnrichment[] rows = [.. _unwritten.Values];
        foreach (StoredEnrichment row in rows)
        {
            _known[row.DefinitionHash] = row;
        }

        if (rows.Length == 0)
        {
            return;
        }

        await store.WriteAsync(
            async (session, token) =>
            {
                await session.Enrichments.UpsertAsync(rows, token).ConfigureAwait(false);
                await session.Enrichments.TrimAsync(MostStored, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        foreach (StoredEnrichment row in rows)
        {
            _unwritten.TryRemove(KeyValuePair.Create(row.DefinitionHash, row));
        }
    }

    [LoggerMessage(EventId = 274, Level = LogLevel.Information, Message = "The model was asked about tools: {Made} enriched, {Discarded} answers discarded, {Failed} calls failed, {Tokens} tokens.")]
    private partial void LogRun(int made, int discarded, int failed, long tokens);

    [LoggerMessage(EventId = 275, Level = LogLevel.Warning, Message = "What the model said of {Server}/{Tool} is discarded, and it is not asked again: {Reason}.")]
    private partial void LogDiscarded(string server, string tool, string reason);

    [LoggerMessage(EventId = 276, Level = LogLevel.Warning, Message = "The model was asked about {Server}/{Tool} in vain: {Reason}.")]
    private partial void LogFailed(string server, string tool, string reason);

    [LoggerMessage(EventId = 277, Level = LogLevel.Warning, Message = "The model is asked no more for now: Enrichment:MaxCallsPerDay ({Calls}) or Enrichment:MaxTokensPerDay ({Tokens}) is reached.")]
    private partial void LogBudget(int calls, int tokens);
}
