using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Embeddings;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>
/// One look at the registry. Unchanged entries cost nothing; a renamed or deleted entry takes the workloads that are linked to it along:
/// their texts are embedded again in the new context, in the same transaction.
/// </summary>
internal sealed partial class RegistryIngestion(
    IEnumerable<IRegistrySource> sources,
    IOptimizerStore store,
    IStoreReplicas replicas,
    ITextEmbedder embedder,
    WorkloadPlanner planner,
    WorkloadWriter writer,
    IToolIndexWriter index,
    IngestionGate gate,
    IngestionStatus status,
    ILogger<RegistryIngestion> logger)
{
    private const int MostAttempts = 4;

    // Nobody waits for the registry to be found by the host's generator; but one that hangs must not hold up everything else.
    private static readonly TimeSpan EntryPatience = TimeSpan.FromSeconds(5);

    private readonly IRegistrySource? _source = sources.LastOrDefault();

    public async Task<IngestionReport> RunAsync(CancellationToken cancellationToken = default)
    {
        if (_source is null || !await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            return new IngestionReport();
        }

        RegistryListing listing;
        try
        {
            listing = await _source.ListAsync(cancellationToken).ConfigureAwait(false);
            status.Succeeded(_source.Name, listing.Entries.Count);
        }
#pragma warning disable CA1031 // Whatever the source throws means "could not look": nothing changes.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            status.Failed(_source.Name, e.Message);
            LogUnavailable(_source.Name, e.Message);
            return new IngestionReport { Problems = [$"{_source.Name}: {e.Message}"] };
        }

        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await TakeOverAsync(listing, cancellationToken).ConfigureAwait(false);
            }
            catch (OptimizerStoreException e) when (e.Failure == StoreFailure.Conflict && attempt < MostAttempts)
            {
                // Another process on the same database was faster: read and planned again on what it wrote.
            }
        }
    }

    private async Task<IngestionReport> TakeOverAsync(RegistryListing listing, CancellationToken cancellationToken)
    {
        IReadOnlyList<RegistryServer> stored = await store.ReadAsync((session, token) => session.RegistryServers.ListAsync(token), cancellationToken).ConfigureAwait(false);
        List<string> problems = [.. listing.Problems.Select(problem => $"{_source!.Name}: {problem}")];
        List<EntryPlan> plans = [];
        HashSet<string> kept = [];
        Dictionary<(bool Remote, string Key), RegistryServer> byKey = stored.ToDictionary(server => (server.Remote, server.Key));
        HashSet<(bool Remote, string Key)> listedKeys = [.. listing.Entries.Select(entry => (entry.Remote, entry.Key))];
        ILookup<(bool Remote, string Name), RegistryServer> keyless = stored.Where(server => !listedKeys.Contains((server.Remote, server.Key))).ToLookup(server => (server.Remote, server.Name));
        foreach (RegistryEntry entry in WithoutDuplicates(listing.Entries, byKey, problems))
        {
            // An entry is the one with its URL or image; failing that, the one with its name whose own URL or image is gone from the listing.
            RegistryServer? existing = byKey.GetValueOrDefault((entry.Remote, entry.Key)) ?? keyless[(entry.Remote, entry.Name)].FirstOrDefault(server => !kept.Contains(server.Id));
            if (existing is not null)
            {
                kept.Add(existing.Id);
            }

            RegistryServer server = Describe(entry, existing);
            if (server.ContentHash != existing?.ContentHash || server.EmbeddingModel != embedder.Model)
            {
                plans.Add(new EntryPlan(server, existing, entry));
            }
        }

        RegistryServer[] gone = listing.IsComplete && listing.Entries.Count > 0 ? [.. stored.Where(server => !kept.Contains(server.Id))] : [];
        if (plans.Count == 0 && gone.Length == 0)
        {
            return Report(listing, 0, 0, 0, problems);
        }

        (List<EntryWrite> writes, int embedded) = await EmbedAsync(plans, problems, cancellationToken).ConfigureAwait(false);
        List<WorkloadPlan> relinked = await PlanLinkedWorkloadsAsync(writes, gone, cancellationToken).ConfigureAwait(false);
        WorkloadPlan[] written = [];
        await store.WriteAsync(async (session, token) => written = await WriteAsync(session, writes, gone, relinked, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        index.ApplyToRegistry(new IndexChange
        {
            Upserted = [.. writes.Select(write => IndexDocuments.Of(write.Server, write.Tools, embedder))],
            RemovedServerIds = [.. gone.Select(server => server.Id)],
        });
        writer.Publish(written);
        return Report(listing, writes.Count, gone.Length, embedded + relinked.Sum(plan => plan.Embedded), problems);
    }

    private static List<RegistryEntry> WithoutDuplicates(IReadOnlyList<RegistryEntry> entries, Dictionary<(bool Remote, string Key), RegistryServer> stored, List<string> problems)
    {
        List<RegistryEntry> distinct = [];
        foreach (IGrouping<(bool Remote, string Key), RegistryEntry> same in entries.GroupBy(entry => (entry.Remote, entry.Key)))
        {
            // The one that is stored already stays, whatever order the registry lists them in.
            string? known = stored.GetValueOrDefault(same.Key)?.Name;
            RegistryEntry chosen = same.FirstOrDefault(entry => entry.Name == known) ?? same.First();
            distinct.Add(chosen);
            string[] rejected = [.. same.Where(entry => entry != chosen).Select(entry => entry.Name)];
            if (rejected.Length > 0)
            {
                problems.Add($"The registry has several entries for {same.Key.Key}: {chosen.Name} is used, {string.Join(", ", rejected)} {(rejected.Length > 1 ? "are" : "is")} rejected.");
            }
        }

        return distinct;
    }

    private RegistryServer Describe(RegistryEntry entry, RegistryServer? existing)
    {
        string text = EmbeddingText.ForServer(entry.Name, entry.Description, [.. entry.Tags]);
        bool sameText = existing is not null && existing.Description == text && existing.EmbeddingModel == embedder.Model;
        return new RegistryServer
        {
            Id = existing?.Id ?? Guid.CreateVersion7().ToString(),
            Name = entry.Name,
            Url = entry.Url,
            Package = entry.Package,
            Remote = entry.Remote,
            Transport = entry.Transport ?? "sse",
            Description = text,
            Embedding = sameText ? existing!.Embedding : default,
            EmbeddingModel = sameText ? existing!.EmbeddingModel : null,
            ContentHash = ToolHasher.HashParts([entry.Name, entry.Key, entry.Transport, text, .. entry.ToolNames]),
        };
    }

    private async Task<(List<EntryWrite> Writes, int Embedded)> EmbedAsync(List<EntryPlan> plans, List<string> problems, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyList<StoredTool>> storedTools = await store.ReadAsync(
            async (session, token) =>
            {
                Dictionary<string, IReadOnlyList<StoredTool>> byServer = [];
                foreach (EntryPlan plan in plans.Where(plan => plan.Existing is not null))
                {
                    byServer[plan.Server.Id] = await session.RegistryTools.ListByServerAsync(plan.Server.Id, token).ConfigureAwait(false);
                }

                return byServer;
            },
            cancellationToken).ConfigureAwait(false);

        List<EntryWrite> writes = [];
        int embedded = 0;
        foreach (EntryPlan plan in plans)
        {
            IReadOnlyList<StoredTool> before = storedTools.GetValueOrDefault(plan.Server.Id, []);
            bool renamed = plan.Existing is not null && plan.Existing.Name != plan.Server.Name;
            List<StoredTool> tools = [.. plan.Entry.ToolNames.Distinct(StringComparer.Ordinal).Select(name => NameOnly(plan.Server, name, before, keepVector: !renamed))];
            List<string> texts = [];
            if (plan.Server.EmbeddingModel is null)
            {
                texts.Add(plan.Server.Description!);
            }

            List<int> pending = [.. tools.Index().Where(item => item.Item.EmbeddingModel is null).Select(item => item.Index)];
            texts.AddRange(pending.Select(i => EmbeddingText.ForTool(plan.Server.Name, new ToolDefinition { Name = tools[i].Name, Json = tools[i].Details })));
            RegistryServer server = plan.Server;
            EmbeddedTexts made = await embedder.EmbedWithinAsync(texts, EntryPatience, cancellationToken).ConfigureAwait(false);
            int next = 0;
            if (server.EmbeddingModel is null && texts.Count > 0)
            {
                server = server with { Embedding = made.Vectors[next++], EmbeddingModel = made.Model };
            }

            foreach (int i in pending)
            {
                tools[i] = tools[i] with { Embedding = made.Vectors[next++], EmbeddingModel = made.Model };
            }

            if (made.Model == embedder.Model)
            {
                embedded += made.Model is null ? 0 : texts.Count;
            }
            else
            {
                // Found by the built-in vectors; without a hash, so that the next look tries the rest again.
                server = server with { ContentHash = null };
                if (made.Fault is not null)
                {
                    problems.Add($"{server.Name}: {made.Fault}");
                }
            }

            HashSet<string> keptIds = [.. tools.Select(tool => tool.Id)];
            writes.Add(new EntryWrite(server, plan.Existing, tools, [.. before.Where(tool => !keptIds.Contains(tool.Id)).Select(tool => tool.Id)]));
        }

        return (writes, embedded);
    }

    private StoredTool NameOnly(RegistryServer server, string name, IReadOnlyList<StoredTool> before, bool keepVector)
    {
        StoredTool? known = before.FirstOrDefault(tool => tool.Name == name);
        if (known is not null)
        {
            return keepVector && known.EmbeddingModel == embedder.Model ? known : known with { Embedding = default, EmbeddingModel = null };
        }

        byte[] details = JsonSerializer.SerializeToUtf8Bytes(new RegistryToolDetails(name), RegistryToolJsonContext.Default.RegistryToolDetails);
        return new StoredTool { Id = Guid.CreateVersion7().ToString(), ServerId = server.Id, Name = name, Details = details, ContentHash = ToolHasher.HashDefinition(details) };
    }

    private async Task<List<WorkloadPlan>> PlanLinkedWorkloadsAsync(List<EntryWrite> writes, RegistryServer[] gone, CancellationToken cancellationToken)
    {
        Dictionary<string, RegistryServer?> changed = writes.Where(write => write.Existing is not null).ToDictionary(write => write.Server.Id, write => (RegistryServer?)write.Server);
        foreach (RegistryServer server in gone)
        {
            changed[server.Id] = null;
        }

        (List<WorkloadServer> linked, Dictionary<string, IReadOnlyList<StoredTool>> tools) = await store.ReadAsync(
            async (session, token) =>
            {
                List<WorkloadServer> servers = [.. (await session.WorkloadServers.ListAsync(token).ConfigureAwait(false)).Where(server => server.RegistryServerId is not null && changed.ContainsKey(server.RegistryServerId))];
                Dictionary<string, IReadOnlyList<StoredTool>> byServer = [];
                foreach (WorkloadServer server in servers)
                {
                    byServer[server.Id] = await session.WorkloadTools.ListByServerAsync(server.Id, token).ConfigureAwait(false);
                }

                return (servers, byServer);
            },
            cancellationToken).ConfigureAwait(false);

        List<WorkloadPlan> plans = [];
        foreach (WorkloadServer workload in linked)
        {
            RegistryServer? entry = changed[workload.RegistryServerId!];
            bool stillFits = entry is not null && new RegistryMatcher([entry]).Match(workload.WorkloadIdentifier, workload.Remote).Entry is not null;
            bool newTagOnly = entry is { Remote: false } && !workload.Remote && RepositoryOf(entry.Key) == RepositoryOf(workload.WorkloadIdentifier);
            WorkloadPlan plan = await planner.PlanRelinkAsync(workload, stillFits || newTagOnly ? entry : null, tools[workload.Id], cancellationToken: cancellationToken).ConfigureAwait(false);
            if (plan.IsChange)
            {
                plans.Add(plan);
            }
        }

        return plans;
    }

    // "registry:5000/a/b:1.2@sha256:…" → "registry:5000/a/b": a new tag of the linked image is the same server.
    private static string RepositoryOf(string image)
    {
        string name = image.Split('@')[0];
        int colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }

    private async Task<WorkloadPlan[]> WriteAsync(IStoreSession session, List<EntryWrite> writes, RegistryServer[] gone, List<WorkloadPlan> relinked, CancellationToken cancellationToken)
    {
        // Deleted first, so that an entry may take over the URL or image of one that is gone.
        foreach (RegistryServer server in gone)
        {
            await session.RegistryServers.DeleteAsync(server.Id, cancellationToken).ConfigureAwait(false);
        }

        foreach (EntryWrite write in writes)
        {
            await session.RegistryServers.UpsertAsync(write.Server, cancellationToken).ConfigureAwait(false);
            await session.RegistryTools.DeleteAsync(write.DeletedToolIds, cancellationToken).ConfigureAwait(false);
            await session.RegistryTools.UpsertAsync(write.Tools, cancellationToken).ConfigureAwait(false);
        }

        return await writer.WriteAsync(session, relinked, cancellationToken).ConfigureAwait(false);
    }

    private IngestionReport Report(RegistryListing listing, int changed, int deleted, int embedded, List<string> problems)
    {
        foreach (string problem in problems)
        {
            LogProblem(problem);
        }

        if (changed + deleted > 0)
        {
            LogDone(listing.Entries.Count, changed, deleted, embedded);
        }

        return new IngestionReport { Seen = listing.Entries.Count, Changed = changed, Deleted = deleted, Embedded = embedded, Problems = problems };
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Information, Message = "Registry: {Seen} entries seen, {Changed} changed, {Deleted} deleted, {Embedded} texts embedded.")]
    private partial void LogDone(int seen, int changed, int deleted, int embedded);

    [LoggerMessage(EventId = 211, Level = LogLevel.Warning, Message = "{Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(EventId = 212, Level = LogLevel.Warning, Message = "Registry {Name} could not be read; nothing is changed: {Reason}")]
    private partial void LogUnavailable(string name, string reason);

    private sealed record EntryPlan(RegistryServer Server, RegistryServer? Existing, RegistryEntry Entry);

    private sealed record EntryWrite(RegistryServer Server, RegistryServer? Existing, IReadOnlyList<StoredTool> Tools, IReadOnlyList<string> DeletedToolIds);
}
