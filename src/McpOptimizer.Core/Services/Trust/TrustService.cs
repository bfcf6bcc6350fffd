using System.Text;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Ingestion;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Reads and decides on the stored entries, and puts what follows into the index.</summary>
internal sealed class TrustService(IOptimizerStore store, TrustKeeper keeper, ITextEmbedder embedder, IToolIndexWriter index, IngestionGate gate, TimeProvider clock) : ITrustService
{
    private const int ShortestHash = 12;
    private const int LongestNote = 1000;
    private const int MostLines = 1000;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TrustEntry>> ListAsync(TrustQuery? query = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<TrustEntry> entries = await store.ReadAsync((session, token) => session.Trust.ListAsync(query?.ServerName, token), cancellationToken).ConfigureAwait(false);
        return query?.State is { } state ? [.. entries.Where(entry => entry.State == state)] : entries;
    }

    /// <inheritdoc/>
    public Task<TrustReview> ReviewAsync(string? target = null, CancellationToken cancellationToken = default) => store.ReadAsync(
        async (session, token) =>
        {
            TrustSelection selection = TrustSelection.Of(await session.Trust.ListAsync(cancellationToken: token).ConfigureAwait(false), target);
            IReadOnlyList<WorkloadServer> servers = await session.WorkloadServers.ListAsync(token).ConfigureAwait(false);
            List<TrustDiff> items = [];
            foreach (IGrouping<string, TrustEntry> group in selection.Entries.GroupBy(entry => entry.ServerName, StringComparer.Ordinal))
            {
                WorkloadServer? server = servers.FirstOrDefault(server => server.Name == group.Key);
                IReadOnlyList<StoredTool> tools = server is null ? [] : await session.WorkloadTools.ListByServerAsync(server.Id, token).ConfigureAwait(false);
                items.AddRange(group.Select(entry => new TrustDiff { Entry = entry, Changes = Compare(entry, tools.FirstOrDefault(tool => tool.Name == entry.ToolName)) }));
            }

            return new TrustReview { Hash = selection.Hash, Items = items };
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrustEntry>> ApproveAsync(TrustDecision decision, CancellationToken cancellationToken = default) =>
        DecideAsync(decision, TrustAction.Approved, Approve, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrustEntry>> RejectAsync(TrustDecision decision, CancellationToken cancellationToken = default) =>
        DecideAsync(decision, TrustAction.Rejected, Reject, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrustRecord>> ReadLogAsync(int limit = 100, long? before = null, CancellationToken cancellationToken = default) => limit is < 1 or > MostLines
        ? throw new ArgumentOutOfRangeException(nameof(limit), limit, $"The limit {limit} is not legal: 1 to {MostLines}.")
        : store.ReadAsync((session, token) => session.Trust.ReadLogAsync(limit, before, token), cancellationToken);

    /// <summary>Takes over what other processes on the same database decided or withheld since the last look.</summary>
    /// <returns>How many servers were concerned.</returns>
    public async Task<int> RefreshAsync(CancellationToken cancellationToken = default)
    {
        long last = await store.ReadAsync((session, token) => session.Trust.LastIdAsync(token), cancellationToken).ConfigureAwait(false);
        if (last == keeper.SeenId)
        {
            return 0;
        }

        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> servers = await store.ReadAsync((session, token) => session.Trust.ListServersOfOthersAsync(keeper.SeenId, keeper.Writer, token), cancellationToken).ConfigureAwait(false);
        await PublishAsync(servers, cancellationToken).ConfigureAwait(false);
        keeper.SeenId = last;
        return servers.Count;
    }

    private async Task<IReadOnlyList<TrustEntry>> DecideAsync(TrustDecision decision, TrustAction action, Func<TrustEntry, TrustEntry> decide, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentException.ThrowIfNullOrWhiteSpace(decision.By);
        if (decision.Note?.Length > LongestNote)
        {
            throw new ArgumentException($"The note has {decision.Note.Length} characters; allowed are {LongestNote}.", nameof(decision));
        }

        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        List<TrustEntry> decided = [];
        await store.WriteAsync(
            async (session, token) =>
            {
                TrustSelection selection = TrustSelection.Of(await session.Trust.ListAsync(cancellationToken: token).ConfigureAwait(false), decision.Target);
                CheckHash(decision, selection);
                DateTimeOffset now = clock.GetUtcNow();
                List<TrustRecord> log = [];
                foreach (TrustEntry entry in selection.Entries)
                {
                    if (entry.State == TrustState.Removed)
                    {
                        throw new ArgumentException($"'{entry.DisplayName}' is not listed by its server now; there is nothing to decide.", nameof(decision));
                    }

                    TrustEntry next = decide(entry);
                    if (next != entry)
                    {
                        decided.Add(next with { DecidedAt = now, DecidedBy = decision.By, Note = decision.Note });
                        log.Add(new TrustRecord
                        {
                            At = now,
                            Action = action,
                            ServerName = entry.ServerName,
                            ToolName = entry.ToolName,
                            Hash = entry.CurrentHash,
                            ApprovedHash = entry.ApprovedHash,
                            By = decision.By,
                            Note = decision.Note,
                            Writer = keeper.Writer,
                        });
                    }
                }

                await session.Trust.UpsertAsync(decided, token).ConfigureAwait(false);
                await session.Trust.AppendAsync(log, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

        // Written is written: what follows from it is published even when the caller does not wait for it.
        await PublishAsync([.. decided.Select(entry => entry.ServerName).Distinct(StringComparer.Ordinal)], CancellationToken.None).ConfigureAwait(false);
        return decided;
    }

    private static void CheckHash(TrustDecision decision, TrustSelection selection)
    {
        if (decision.Hash is not { } hash)
        {
            return;
        }

        if (hash.Length < ShortestHash)
        {
            throw new ArgumentException($"The hash '{VisibleText.Escape(hash)}' is too short: give at least {ShortestHash} characters of it.", nameof(decision));
        }

        if (!selection.Hash.StartsWith(hash, StringComparison.OrdinalIgnoreCase))
        {
            throw new TrustConflictException($"What is listed now is not what the hash {VisibleText.Escape(hash)} was given for. Nothing was decided; review it again.");
        }
    }

    private static TrustEntry Approve(TrustEntry entry) => entry.State == TrustState.Trusted
        ? entry
        : entry with { ApprovedHash = entry.CurrentHash, ApprovedText = entry.CurrentText, RejectedHash = null, RenamedFrom = null };

    private static TrustEntry Reject(TrustEntry entry) => entry.State == TrustState.Rejected
        ? entry
        : entry with
        {
            RejectedHash = entry.CurrentHash,
            ApprovedHash = entry.State == TrustState.Trusted ? null : entry.ApprovedHash,
            ApprovedText = entry.State == TrustState.Trusted ? null : entry.ApprovedText,
        };

    private static IReadOnlyList<TrustChange> Compare(TrustEntry entry, StoredTool? tool)
    {
        if (entry.ToolName is null)
        {
            return DefinitionDiff.OfTexts("instructions", entry.ApprovedText, entry.IsPresent ? entry.CurrentText : null);
        }

        string? current = tool is null ? null : Encoding.UTF8.GetString(tool.Details.Span);
        return DefinitionDiff.OfDefinitions(entry.ApprovedText ?? (tool?.ContentHash == entry.ApprovedHash ? current : null), current);
    }

    // Inside the gate: nothing older can be published after it.
    private async Task PublishAsync(IReadOnlyCollection<string> serverNames, CancellationToken cancellationToken)
    {
        if (serverNames.Count == 0)
        {
            return;
        }

        HashSet<string> names = new(serverNames, StringComparer.Ordinal);
        List<ServerDocument> documents = await store.ReadAsync(
            async (session, token) =>
            {
                List<ServerDocument> read = [];
                foreach (WorkloadServer server in (await session.WorkloadServers.ListAsync(token).ConfigureAwait(false)).Where(server => names.Contains(server.Name)))
                {
                    IReadOnlyList<StoredTool> tools = await session.WorkloadTools.ListByServerAsync(server.Id, token).ConfigureAwait(false);
                    TrustVerdict verdict = keeper.Judge(TrustKeeper.Stored(server.Name, tools), await session.Trust.ListAsync(server.Name, token).ConfigureAwait(false));
                    read.Add(IndexDocuments.Of(server, tools, embedder.Model, verdict));
                }

                return read;
            },
            cancellationToken).ConfigureAwait(false);
        index.ApplyToWorkloads(new IndexChange { Upserted = documents });
    }
}
