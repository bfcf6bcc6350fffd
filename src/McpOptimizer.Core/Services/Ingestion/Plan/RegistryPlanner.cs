using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Embeddings;

namespace McpOptimizer.Core.Services.Ingestion.Plan;

/// <summary>
/// Decides what is to be stored of a registry, and of the workloads that are linked to entries which changed. Does no I/O but the embedding, so that all of it happens
/// before the write transaction.
/// </summary>
internal sealed class RegistryPlanner(TextEmbedder embedder, WorkloadPlanner workloads)
{
    // Nobody waits for the registry to be found by the host's generator; but one that hangs must not hold up everything else.
    private static readonly TimeSpan EntryPatience = TimeSpan.FromSeconds(5);

    /// <summary>What is other than stored.</summary>
    /// <param name="listing">What the registry lists.</param>
    /// <param name="stored">The rows.</param>
    /// <param name="problems">Takes what is to be said of the listing.</param>
    public (IReadOnlyList<EntryChange> Changes, IReadOnlyList<RegistryServer> Gone) Compare(RegistryListing listing, IReadOnlyList<RegistryServer> stored, List<string> problems)
    {
        List<EntryChange> changes = [];
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
                changes.Add(new EntryChange(server, existing, entry));
            }
        }

        RegistryServer[] gone = listing.IsComplete && listing.Entries.Count > 0 ? [.. stored.Where(server => !kept.Contains(server.Id))] : [];
        return (changes, gone);
    }

    /// <summary>The entries with their tools, embedded.</summary>
    /// <param name="changes">Of <see cref="Compare"/>.</param>
    /// <param name="tools">The stored tools of those that are stored, by the entry's id.</param>
    /// <param name="problems">Takes what is to be said of the embedding.</param>
    /// <param name="cancellationToken">Stops the embedding.</param>
    public async Task<(IReadOnlyList<EntryPlan> Plans, int Embedded)> PlanAsync(
        IReadOnlyList<EntryChange> changes, IReadOnlyDictionary<string, IReadOnlyList<StoredTool>> tools, List<string> problems, CancellationToken cancellationToken = default)
    {
        List<EntryPlan> plans = [];
        int embedded = 0;
        foreach (EntryChange change in changes)
        {
            IReadOnlyList<StoredTool> before = tools.GetValueOrDefault(change.Server.Id, []);
            bool renamed = change.Existing is not null && change.Existing.Name != change.Server.Name;
            List<StoredTool> named = [.. change.Entry.ToolNames.Distinct(StringComparer.Ordinal).Select(name => NameOnly(change.Server, name, before, keepVector: !renamed))];
            List<string> texts = [];
            if (change.Server.EmbeddingModel is null)
            {
                texts.Add(change.Server.Description!);
            }

            List<int> pending = [.. named.Index().Where(item => item.Item.EmbeddingModel is null).Select(item => item.Index)];
            texts.AddRange(pending.Select(i => EmbeddingText.ForTool(change.Server.Name, new ToolDefinition { Name = named[i].Name, Json = named[i].Details })));
            RegistryServer server = change.Server;
            EmbeddedTexts made = await embedder.EmbedWithinAsync(texts, EntryPatience, cancellationToken).ConfigureAwait(false);
            int next = 0;
            if (server.EmbeddingModel is null && texts.Count > 0)
            {
                server = server with { Embedding = made.Vectors[next++], EmbeddingModel = made.Model };
            }

            foreach (int i in pending)
            {
                named[i] = named[i] with { Embedding = made.Vectors[next++], EmbeddingModel = made.Model };
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

            HashSet<string> keptIds = [.. named.Select(tool => tool.Id)];
            plans.Add(new EntryPlan(server, change.Existing, named, [.. before.Where(tool => !keptIds.Contains(tool.Id)).Select(tool => tool.Id)]));
        }

        return (plans, embedded);
    }

    /// <summary>The linked workloads whose entry changed or went, in their new context.</summary>
    /// <param name="linked">Those that are linked to an entry of the plans, or to one that is gone.</param>
    /// <param name="tools">Their stored tools, by id.</param>
    /// <param name="entries">The entry of each id as it is to be; null for one that is gone.</param>
    /// <param name="cancellationToken">Stops the embedding.</param>
    public async Task<IReadOnlyList<WorkloadPlan>> RelinkAsync(
        IReadOnlyList<WorkloadServer> linked, IReadOnlyDictionary<string, IReadOnlyList<StoredTool>> tools, IReadOnlyDictionary<string, RegistryServer?> entries, CancellationToken cancellationToken = default)
    {
        List<WorkloadPlan> plans = [];
        foreach (WorkloadServer workload in linked)
        {
            RegistryServer? entry = entries[workload.RegistryServerId!];
            bool stillFits = entry is not null && new RegistryMatcher([entry]).Match(workload.WorkloadIdentifier, workload.Remote).Entry is not null;
            bool newTagOnly = entry is { Remote: false } && !workload.Remote && RepositoryOf(entry.Key) == RepositoryOf(workload.WorkloadIdentifier);
            WorkloadPlan plan = await workloads.PlanRelinkAsync(workload, stillFits || newTagOnly ? entry : null, tools[workload.Id], cancellationToken: cancellationToken).ConfigureAwait(false);
            if (plan.IsChange)
            {
                plans.Add(plan);
            }
        }

        return plans;
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

    // "registry:5000/a/b:1.2@sha256:…" → "registry:5000/a/b": a new tag of the linked image is the same server.
    private static string RepositoryOf(string image)
    {
        string name = image.Split('@')[0];
        int colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }
}
