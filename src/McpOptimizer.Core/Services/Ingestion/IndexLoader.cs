using System.Diagnostics;
using System.Runtime.CompilerServices;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Services.Trust;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Makes what is stored searchable, in portions: the rows of a large catalogue take several times the memory of its index.</summary>
internal sealed partial class IndexLoader(
    OptimizerStore store, TrustKeeper trust, TrustMemory memory, TextEmbedder embedder, ToolIndexes indexes, Rehearsal rehearse, PublishedServers published, IngestionStatus status,
    ILogger<IndexLoader> logger)
{
    // Read, indexed and forgotten before the collector has moved it twice.
    private const int ToolsOfAPortion = 1_000;

    // What is indexed together is searched faster and takes less, and is not searchable before all of it is read.
    private const int ToolsOfASegment = 200_000;

    // Compiled ahead of time there is nothing to compile.
    private static readonly int MostWarmUps = RuntimeFeature.IsDynamicCodeCompiled ? 60 : 1;

    // Any needs will do, as long as they take every way through a search: the first ones compile the code and build the tables that all others use, and a
    // method is compiled for speed after thirty calls.
    private static readonly string[] WarmUps =
    [
        "read a file and send its summary to a channel", "list the open issues", "create_pull_request", "what is the weather like in Paris tomorrow", "delete the oldest backup, please",
    ];

    // Enough for a catalogue of 100,000 tools; a start must not be felt.
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(150);

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        (IReadOnlyList<WorkloadServer> servers, IReadOnlyList<RegistryServer> entries, IReadOnlyDictionary<string, int> tools, IReadOnlyDictionary<string, int> listed) = await store.ReadAsync(
            async (session, token) => (
                await session.WorkloadServers.ListAsync(token).ConfigureAwait(false),
                await session.RegistryServers.ListAsync(token).ConfigureAwait(false),
                await session.WorkloadTools.CountByServerAsync(token).ConfigureAwait(false),
                await session.RegistryTools.CountByServerAsync(token).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);

        await LoadWorkloadsAsync(servers, tools, cancellationToken).ConfigureAwait(false);
        await LoadRegistryAsync(entries, listed, cancellationToken).ConfigureAwait(false);
        int total = tools.Values.Sum();
        await SettleAsync(total, cancellationToken).ConfigureAwait(false);
        status.Loaded(hasStored: servers.Any(server => server.ToolsHash is not null || tools.ContainsKey(server.Id)));
        LogLoaded(servers.Count, total, entries.Count);
    }

    // A method of its own, which holds no portion any more when memory is given back.
    private async Task LoadWorkloadsAsync(IReadOnlyList<WorkloadServer> servers, IReadOnlyDictionary<string, int> tools, CancellationToken cancellationToken)
    {
        long? seen = null;
        SegmentBatch batch = indexes.Workloads.BeginBatch();
        List<(WorkloadServer Server, TrustVerdict Verdict)> batched = [];
        await foreach (LoadedPortion portion in ReadAheadAsync(Portions(servers, server => tools.GetValueOrDefault(server.Id)), cancellationToken).ConfigureAwait(false))
        {
            indexes.AddToWorkloads(batch, portion.Change);
            batched.AddRange(portion.Servers.Zip(portion.Verdicts));
            seen ??= portion.LastTrustId;
            if (batch.ToolCount >= ToolsOfASegment)
            {
                Publish(batch, batched);
                (batch, batched) = (indexes.Workloads.BeginBatch(), []);
            }
        }

        Publish(batch, batched);

        // What others decided while the portions were read is looked at again.
        trust.SeenId = seen ?? trust.SeenId;
    }

    private void Publish(SegmentBatch batch, IEnumerable<(WorkloadServer Server, TrustVerdict Verdict)> servers)
    {
        indexes.Workloads.Apply(batch);
        foreach ((WorkloadServer server, TrustVerdict verdict) in servers)
        {
            published.Set(server);
            memory.Settle(server.Name, verdict);
        }
    }

    private async Task LoadRegistryAsync(IReadOnlyList<RegistryServer> entries, IReadOnlyDictionary<string, int> listed, CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<RegistryServer> portion in Portions(entries, entry => listed.GetValueOrDefault(entry.Id)))
        {
            indexes.ApplyToRegistry(await ReadAsync(portion, cancellationToken).ConfigureAwait(false));
        }
    }

    private static IEnumerable<IReadOnlyList<T>> Portions<T>(IReadOnlyList<T> all, Func<T, int> toolsOf)
    {
        List<T> portion = [];
        int tools = 0;
        foreach (T item in all)
        {
            portion.Add(item);
            tools += toolsOf(item);
            if (tools >= ToolsOfAPortion)
            {
                yield return portion;
                (portion, tools) = ([], 0);
            }
        }

        if (portion.Count > 0)
        {
            yield return portion;
        }
    }

    // The next portion is read while the one before is indexed.
    private async IAsyncEnumerable<LoadedPortion> ReadAheadAsync(IEnumerable<IReadOnlyList<WorkloadServer>> portions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Task<LoadedPortion>? next = null;
        try
        {
            foreach (IReadOnlyList<WorkloadServer> portion in portions)
            {
                LoadedPortion? read = next is null ? null : await next.ConfigureAwait(false);
                next = Task.Run(() => ReadAsync(portion, cancellationToken), cancellationToken);
                if (read is not null)
                {
                    yield return read;
                }
            }

            if (next is not null)
            {
                yield return await next.ConfigureAwait(false);
            }
        }
        finally
        {
            await (next ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<LoadedPortion> ReadAsync(IReadOnlyList<WorkloadServer> servers, CancellationToken cancellationToken)
    {
        while (true)
        {
            (List<TrustInput> stored, ILookup<string, TrustEntry> known, long last) = await store.ReadAsync(
                async (session, token) =>
                {
                    ILookup<string, StoredTool> tools = await session.WorkloadTools.ListByServersAsync([.. servers.Select(server => server.Id)], token).ConfigureAwait(false);
                    ILookup<string, TrustEntry> known = await session.Trust.ListByServersAsync([.. servers.Select(server => server.Name)], token).ConfigureAwait(false);
                    List<TrustInput> stored = [.. servers.Select(server => TrustKeeper.Stored(server.Name, [.. tools[server.Id]]))];
                    return (stored, known, await session.Trust.LastIdAsync(token).ConfigureAwait(false));
                },
                cancellationToken).ConfigureAwait(false);
            if (await JudgeAsync(stored, known, last, cancellationToken).ConfigureAwait(false) is { } verdicts)
            {
                IndexChange change = new() { Upserted = [.. servers.Select((server, at) => IndexDocuments.Of(server, stored[at].Items, embedder, verdicts[at].Withholds, verdicts[at].WithholdsServer))] };
                return new LoadedPortion(servers, change, verdicts, last);
            }
        }
    }

    // A store that can be read and not written is no reason not to serve what is in it.
    private async Task<IReadOnlyList<TrustVerdict>?> JudgeAsync(
        IReadOnlyList<TrustInput> stored, ILookup<string, TrustEntry> known, long last, CancellationToken cancellationToken)
    {
        try
        {
            return await trust.LoadAsync(stored, known, last, cancellationToken).ConfigureAwait(false);
        }
        catch (OptimizerStoreException e) when (e.Failure == StoreFailure.Superseded)
        {
            // Another replica records it.
            return trust.JudgeUnrecorded(stored, known, last);
        }
        catch (OptimizerStoreException e)
        {
            if (status.StoreFault != e.Message)
            {
                LogUnrecorded(e.Message);
            }

            status.StoreFailed(e.Message);
            return trust.JudgeUnrecorded(stored, known, last);
        }
    }

    private Task<IndexChange> ReadAsync(IReadOnlyList<RegistryServer> entries, CancellationToken cancellationToken) => store.ReadAsync(
        async (session, token) =>
        {
            ILookup<string, StoredTool> tools = await session.RegistryTools.ListByServersAsync([.. entries.Select(entry => entry.Id)], token).ConfigureAwait(false);
            return new IndexChange { Upserted = [.. entries.Select(entry => IndexDocuments.Of(entry, tools[entry.Id], embedder))] };
        },
        cancellationToken);

    private async Task SettleAsync(int tools, CancellationToken cancellationToken)
    {
        if (tools == 0)
        {
            return;
        }

        await indexes.Workloads.WhenMergedAsync(cancellationToken).ConfigureAwait(false);

        // What the frames that read it still hold would not be given back.
        await Task.Yield();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i == 0 || (i < MostWarmUps && Stopwatch.GetElapsedTime(start) < WarmUpTime); i++)
        {
            await rehearse(WarmUps[i % WarmUps.Length], cancellationToken).ConfigureAwait(false);
        }

        MemoryRelease.AfterReading(tools);
    }

    private sealed record LoadedPortion(IReadOnlyList<WorkloadServer> Servers, IndexChange Change, IReadOnlyList<TrustVerdict> Verdicts, long LastTrustId);

    [LoggerMessage(EventId = 220, Level = LogLevel.Information, Message = "Loaded {Servers} servers with {Tools} tools and {Entries} registry entries.")]
    private partial void LogLoaded(int servers, int tools, int entries);

    [LoggerMessage(EventId = 226, Level = LogLevel.Error, Message = "What is stored is served, but what is known of it cannot be recorded, and what changes is withheld: {Reason}")]
    private partial void LogUnrecorded(string reason);
}
