using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Ingestion.Look;
using McpOptimizer.Core.Services.Tokens;
using McpOptimizer.Core.Services.Trust;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Ingestion.Plan;

/// <summary>
/// Decides, for one workload, what is to be stored: its link, its tools, their vectors. Embeds only what is new. Does no I/O but the embedding,
/// so that all of it happens before the write transaction.
/// </summary>
internal sealed class WorkloadPlanner(
    TextEmbedder embedder, ITokenCounter tokens, TrustRules trust, TrustMemory memory, PublishedServers published, TimeProvider clock, IOptions<McpOptimizerOptions> options)
{
    private readonly TimeSpan _patience = TimeSpan.FromMilliseconds(options.Value.Embeddings.IngestionPatienceMilliseconds);

    private static readonly string Program = typeof(WorkloadPlanner).Module.ModuleVersionId.ToString("N");

    // At first nobody knows what an earlier process left over.
    private int _leftOver = 1;
    private string? _model;

    /// <summary>Whether tools may be stored without the vector of the host's generator; asking takes the mark away.</summary>
    public bool TakeLeftOver() => Interlocked.Exchange(ref _leftOver, 0) != 0 | Interlocked.Exchange(ref _model, embedder.Model) != embedder.Model;

    /// <summary>Says that the generator has still to be asked.</summary>
    public void MarkLeftOver() => Interlocked.Exchange(ref _leftOver, 1);

    /// <summary>Whether a listing says nothing that the row does not say, and the index shows the row: the quick answer for an unchanged poll.</summary>
    /// <param name="input">What was listed.</param>
    /// <param name="existing">The stored row.</param>
    /// <param name="registry">The registry as stored.</param>
    /// <param name="takesMarks">Whether a mark that is missing is worth a write.</param>
    public bool IsUnchanged(WorkloadInput input, WorkloadServer existing, RegistryMatcher registry, bool takesMarks)
    {
        if (input.Failure is not null || input.ForceMatch || memory.MustJudge(input.Workload.Name) || !published.IsCurrent(existing))
        {
            return false;
        }

        WorkloadServer desired = Describe(input, existing, registry, out _);
        bool toolsUnchanged = input.Tools is null || existing.ToolsHash == ToolHasher.HashListing(desired.ContextName, input.Tools, trust.Watched(desired.Name, input.Instructions));

        // Another mark for the same tools is not written: there are servers that never say the same twice.
        bool hasNoMark = takesMarks && input.Mark is not null && input.Remarks.Count == 0 && KnownMark(input.Workload, existing) is null;
        return toolsUnchanged && !hasNoMark && desired with { ToolsHash = null } == existing with { ToolsHash = null };
    }

    /// <summary>By what the stored listing of a server is known again; null where its tools have to be read: nothing is stored, or it would be read otherwise now.</summary>
    public string? KnownMark(WorkloadDescriptor workload, WorkloadServer existing) =>
        existing is { ToolsHash: { } hash, ListingMark: { } mark } && mark.Split(':') is [string known, string basis] && basis == BasisOf(workload, hash) ? known : null;

    // What is left out is said again after each start: such a listing is always read.
    private string? ListingMarkOf(WorkloadInput input, string? toolsHash) =>
        input is { Mark: { } mark, Remarks.Count: 0 } && toolsHash is not null ? $"{mark}:{BasisOf(input.Workload, toolsHash)}" : null;

    // Whatever decides, besides the bytes of a listing, what is stored of it: this program, its settings, and what is stored.
    private string BasisOf(WorkloadDescriptor workload, string toolsHash) => ToolHasher.HashParts(
    [
        Program,
        options.Value.Backends.MaxListedItems.ToString(CultureInfo.InvariantCulture),
        trust.PolicyOf(workload.Name).ToString(),
        options.Value.Trust.WatchInstructions ? "instructions" : "",
        toolsHash,
        workload.Endpoint?.Tools?.Only is null ? "all" : "only",
        .. workload.Endpoint?.Tools?.Only ?? [],
        "without",
        .. workload.Endpoint?.Tools?.Without ?? [],
    ])[..32];

    /// <summary>Works out what to write for one workload.</summary>
    /// <param name="input">What was listed.</param>
    /// <param name="existing">The stored row, if there is one.</param>
    /// <param name="storedTools">Its stored tools.</param>
    /// <param name="registry">The registry as stored.</param>
    /// <param name="cancellationToken">Stops the embedding.</param>
    public async Task<WorkloadPlan> PlanAsync(
        WorkloadInput input, WorkloadServer? existing, IReadOnlyList<StoredTool> storedTools, RegistryMatcher registry, CancellationToken cancellationToken = default)
    {
        WorkloadServer server = Describe(input, existing, registry, out string? problem);
        List<string> problems = problem is null ? [] : [problem];
        if (problem is null && input.Failure is null && server is { Status: ServerStatus.Error, StatusReason: { } reason } && existing?.StatusReason != reason)
        {
            // Said once, when it shows, and not at every poll.
            problems.Add($"{server.Name}: {reason}");
        }

        problems.AddRange(input.Remarks.Select(remark => $"{input.Workload.Name}: {remark}"));
        if (input.Failure is not null)
        {
            problems.Add($"{input.Workload.Name}: {input.Failure}");
        }

        // Not listed: what is stored stays, in the context that the link now gives.
        IReadOnlyList<ToolDefinition> definitions = input.Tools is null
            ? [.. storedTools.Select(tool => IndexDocuments.ReadDefinition(tool.Name, tool.Details))]
            : input.Tools;
        WorkloadPlan plan = await PlanToolsAsync(server, existing, definitions, storedTools, input, problems, null, cancellationToken).ConfigureAwait(false);

        // Stored by another process: there is nothing to say to the store, but all to the index.
        bool mustPublish = plan.Trust is null && existing is not null && !published.IsCurrent(existing);
        return mustPublish ? plan with { IsChange = true, IsStored = !plan.IsChange, Trust = TrustKeeper.Stored(plan.Server.Name, storedTools) } : plan;
    }

    /// <summary>Works out what to write when only the link of a stored workload changed, or its vectors.</summary>
    /// <param name="existing">The stored row.</param>
    /// <param name="entry">The registry entry that it is linked to.</param>
    /// <param name="storedTools">Its stored tools.</param>
    /// <param name="prepared">Complete vectors by text, made before; null for none.</param>
    /// <param name="cancellationToken">Stops the embedding.</param>
    public Task<WorkloadPlan> PlanRelinkAsync(
        WorkloadServer existing, RegistryServer? entry, IReadOnlyList<StoredTool> storedTools, IReadOnlyDictionary<string, ReadOnlyMemory<float>>? prepared = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ToolDefinition> definitions = [.. storedTools.Select(tool => IndexDocuments.ReadDefinition(tool.Name, tool.Details))];
        return PlanToolsAsync(WithLink(existing, entry), existing, definitions, storedTools, null, [], prepared, cancellationToken);
    }

    private async Task<WorkloadPlan> PlanToolsAsync(
        WorkloadServer server,
        WorkloadServer? existing,
        IReadOnlyList<ToolDefinition> definitions,
        IReadOnlyList<StoredTool> storedTools,
        WorkloadInput? input,
        List<string> problems,
        IReadOnlyDictionary<string, ReadOnlyMemory<float>>? prepared,
        CancellationToken cancellationToken)
    {
        bool isListing = input?.Tools is not null;
        string? instructions = trust.Watched(server.Name, input?.Instructions);
        bool sameContext = existing is not null && existing.ContextName == server.ContextName;
        Dictionary<string, StoredTool> stored = [];
        foreach (StoredTool tool in storedTools)
        {
            stored[tool.Name] = tool;
        }

        bool scans = isListing && trust.PolicyOf(server.Name) != TrustPolicy.Off;
        Dictionary<string, IReadOnlyList<TrustFinding>> findings = [];
        List<StoredTool> all = new(definitions.Count);
        List<StoredTool> upserted = [];
        List<(int Index, string Text)> toEmbed = [];
        int embedded = 0;
        foreach (ToolDefinition definition in definitions)
        {
            StoredTool? before = stored.GetValueOrDefault(definition.Name);
            string hash = isListing || before?.ContentHash is null ? ToolHasher.HashDefinition(definition.Json) : before.ContentHash;
            bool sameDefinition = before is not null && before.ContentHash == hash;
            if (scans && !sameDefinition && DefinitionScanner.Scan(definition.Json) is { Count: > 0 } found)
            {
                findings[definition.Name] = found;
            }

            string text = EmbeddingText.ForTool(server.ContextName, definition);
            bool sameText = before is not null && (sameDefinition ? sameContext : sameContext && text == TextOf(before, server.ContextName));
            ReadOnlyMemory<float> kept = !sameText ? default : prepared?.GetValueOrDefault(text) is { IsEmpty: false } ready ? ready : embedder.Keep(before!, text);
            StoredTool tool = (before ?? new StoredTool { Id = NewId(all.Count), ServerId = server.Id, Name = definition.Name, Details = definition.Json }) with
            {
                Details = sameDefinition ? before!.Details : definition.Json,
                ContentHash = hash,
                TokenCount = sameDefinition && before!.TokenCount > 0 ? before.TokenCount : tokens.Count(definition.Json.Span),
                Embedding = kept,
                EmbeddingModel = kept.IsEmpty ? null : embedder.Model,
            };
            embedded += !kept.IsEmpty && !kept.Equals(before!.Embedding) ? 1 : 0;
            if (kept.IsEmpty && embedder.Model is not null)
            {
                toEmbed.Add((all.Count, text));
            }

            all.Add(tool);
        }

        EmbeddedTexts made = await EmbedAsync(all, toEmbed, cancellationToken).ConfigureAwait(false);
        upserted.AddRange(all.Where(tool => !SameRow(tool, stored.GetValueOrDefault(tool.Name))));
        string[] deleted = [.. storedTools.Where(tool => !all.Exists(kept => kept.Id == tool.Id)).Select(tool => tool.Id)];

        server = server with { ToolsHash = isListing || existing is null ? ToolHasher.HashListing(server.ContextName, definitions, instructions) : sameContext ? existing.ToolsHash : null };
        if (isListing)
        {
            server = server with { ListingMark = ListingMarkOf(input!, server.ToolsHash) };
        }

        if (made.Fault is not null)
        {
            // Found by words and the built-in vectors; the background tries the rest again.
            problems.Add($"{server.Name}: {made.Fault}");
        }

        if (server.RegistryServerId is null)
        {
            server = WithOwnDescription(server, all);
        }

        if (instructions is not null && DefinitionScanner.ScanText("instructions", instructions) is { Count: > 0 } said)
        {
            findings[""] = said;
        }

        bool listingChanged = isListing && existing?.ToolsHash != server.ToolsHash;
        bool mustJudge = memory.MustJudge(server.Name);
        bool toolsChanged = mustJudge || listingChanged || upserted.Count > 0 || deleted.Length > 0 || existing is null || !sameContext || existing.Description != server.Description;
        return new WorkloadPlan
        {
            Server = server,
            UpsertedTools = upserted,
            DeletedToolIds = deleted,
            Trust = toolsChanged
                ? new TrustInput { ServerName = server.Name, Items = all, Before = storedTools, IsListing = isListing, Endpoint = input is null ? null : EndpointFingerprint.Of(input.Workload), Instructions = instructions, Findings = findings }
                : null,
            Embedded = embedded + (made.Model == embedder.Model && made.Model is not null ? toEmbed.Count : 0),
            Problems = problems,
            IsChange = mustJudge || upserted.Count > 0 || deleted.Length > 0 || !SameRow(server, existing),
        };
    }

    private async Task<EmbeddedTexts> EmbedAsync(List<StoredTool> all, List<(int Index, string Text)> toEmbed, CancellationToken cancellationToken)
    {
        EmbeddedTexts made = await embedder.EmbedWithinAsync([.. toEmbed.Select(item => item.Text)], _patience, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < toEmbed.Count; i++)
        {
            int index = toEmbed[i].Index;
            all[index] = all[index] with { Embedding = made.Vectors[i], EmbeddingModel = made.Model };
        }

        if (toEmbed.Count > 0 && made.Model != embedder.Model)
        {
            MarkLeftOver();
        }

        return made;
    }

    private WorkloadServer Describe(WorkloadInput input, WorkloadServer? existing, RegistryMatcher registry, out string? problem)
    {
        problem = null;
        WorkloadDescriptor workload = input.Workload;
        WorkloadServer server = new()
        {
            Id = existing?.Id ?? NewId(0),
            Name = workload.Name,
            Url = UrlOf(workload) ?? existing?.Url ?? "",
            WorkloadIdentifier = workload.Identifier ?? existing?.WorkloadIdentifier ?? "",
            Remote = workload.Identifier is null && existing is not null ? existing.Remote : workload.Remote,
            Transport = workload.Endpoint?.Transport ?? existing?.Transport ?? TransportKind.Unknown,
            Status = workload.Status,
            StatusReason = workload.StatusReason,
            RegistryServerId = existing?.RegistryServerId,
            RegistryServerName = existing?.RegistryServerName,
            Description = existing?.RegistryServerId is null ? workload.Description ?? existing?.Description : existing.Description,
            Embedding = existing?.Embedding ?? default,
            EmbeddingModel = existing?.EmbeddingModel,
            Group = string.IsNullOrWhiteSpace(workload.Group) ? "default" : workload.Group.Trim(),
            VirtualMcp = workload.VirtualMcp,
            Source = input.Source,
            ListingMark = existing?.ListingMark,
        };
        if (input.Failure is not null && existing?.ToolsHash is null)
        {
            // Never listed so far: nothing of it can be found, and the row says why.
            server = server with { Status = ServerStatus.Error, StatusReason = input.Failure };
        }

        bool match = existing is null || input.ForceMatch || RegistryMatch.WasRejected(existing) || options.Value.Ingestion.Relink == RelinkPolicy.EveryIngestion
            || existing.WorkloadIdentifier != server.WorkloadIdentifier || existing.Remote != server.Remote;
        if (!match || server.WorkloadIdentifier.Length == 0)
        {
            return server;
        }

        RegistryMatch found = registry.Match(server.WorkloadIdentifier, server.Remote);
        problem = found.Rejection(server.Name, server.WorkloadIdentifier);
        if (problem is not null)
        {
            return server with { Status = ServerStatus.Error, StatusReason = problem };
        }

        return found.Entry?.Id == server.RegistryServerId && found.Entry?.Name == server.RegistryServerName ? server : WithLink(server, found.Entry);
    }

    private static WorkloadServer WithLink(WorkloadServer server, RegistryServer? entry) => server with
    {
        RegistryServerId = entry?.Id,
        RegistryServerName = entry?.Name,

        // What it says of itself stays when it was linked to nothing and still is.
        Description = entry is null && server.RegistryServerId is null ? server.Description : entry?.Description,
        Embedding = entry is null && server.RegistryServerId is null ? server.Embedding : Same(entry?.Embedding ?? default, server.Embedding),
        EmbeddingModel = entry is null && server.RegistryServerId is null ? server.EmbeddingModel : entry?.EmbeddingModel,
    };

    // Unchanged vectors keep the stored array, so that an unchanged row compares equal.
    private static ReadOnlyMemory<float> Same(ReadOnlyMemory<float> now, ReadOnlyMemory<float> before) => now.Span.SequenceEqual(before.Span) ? before : now;

    private static WorkloadServer WithOwnDescription(WorkloadServer server, List<StoredTool> tools)
    {
        ReadOnlyMemory<float> mean = TextEmbedder.MeanPool(tools.Select(tool => tool.Embedding));
        bool described = server.Description is not null && !IndexDocuments.IsOwnListing(server);
        return server with
        {
            Description = described ? server.Description : tools.Count == 0 ? null : IndexDocuments.ListingOf(server.Name, [.. tools.Select(tool => tool.Name)]),
            Embedding = Same(mean, server.Embedding),
            EmbeddingModel = mean.IsEmpty ? null : tools.Find(tool => !tool.Embedding.IsEmpty)!.EmbeddingModel,
        };
    }

    private static string TextOf(StoredTool tool, string context) => EmbeddingText.ForTool(context, IndexDocuments.ReadDefinition(tool.Name, tool.Details));

    private static bool SameRow(StoredTool now, StoredTool? before) =>
        before is not null && now.ContentHash == before.ContentHash && now.EmbeddingModel == before.EmbeddingModel
        && now.TokenCount == before.TokenCount && now.Embedding.Equals(before.Embedding);

    private static bool SameRow(WorkloadServer now, WorkloadServer? before) => now == before;

    private static string? UrlOf(WorkloadDescriptor workload) =>
        workload.Endpoint is null ? null : workload.Endpoint.Url?.OriginalString ?? $"stdio:{workload.Name}";

    // Ids sort by their time; one millisecond apart, the tools of a listing keep its order when they are read by id.
    private string NewId(int position) => Guid.CreateVersion7(clock.GetUtcNow().AddMilliseconds(position)).ToString();
}
