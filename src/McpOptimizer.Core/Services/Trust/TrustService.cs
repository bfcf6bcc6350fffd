using System.Text;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Reads and decides on the stored entries, and puts what follows into the index.</summary>
internal sealed class TrustService(
    OptimizerStore store,
    TrustKeeper keeper,
    TrustReviews reviews,
    StoredServers servers,
    CatalogueGate gate,
    TimeProvider clock) : ITrustService
{
    private const int HashLength = 64;
    private const int LongestNote = 1000;
    private const int MostLines = 1000;
    private const int MostReviewed = 500;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TrustEntry>> ListAsync(TrustQuery? query = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<TrustEntry> entries = await store.ReadAsync((session, token) => session.Trust.ListAsync(query?.ServerName, token), cancellationToken).ConfigureAwait(false);
        return query?.State is { } state ? [.. entries.Where(entry => entry.State == state)] : entries;
    }

    /// <inheritdoc/>
    public async Task<TrustReview> ReviewAsync(string? target = null, int offset = 0, int limit = 50, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (limit is < 1 or > MostReviewed)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"The limit {limit} is not legal: 1 to {MostReviewed}.");
        }

        (TrustReview review, TrustEntry[] shown) = await store.ReadAsync((session, token) => ReviewAsync(session, target, offset, limit, token), cancellationToken).ConfigureAwait(false);
        return review with { Id = await reviews.AddAsync(shown, cancellationToken).ConfigureAwait(false) };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrustEntry>> ApproveAsync(TrustDecision decision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.Hash is null && decision.ReviewId is null
            ? throw new ArgumentException("What is approved must have been seen: give the id or the hash of its review.", nameof(decision))
            : DecideAsync(decision, TrustAction.Approved, TrustDecisions.Approve, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrustEntry>> RejectAsync(TrustDecision decision, CancellationToken cancellationToken = default) =>
        DecideAsync(decision, TrustAction.Rejected, TrustDecisions.Reject, cancellationToken);

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

    private static async Task<(TrustReview Review, TrustEntry[] Shown)> ReviewAsync(StoreSession session, string? target, int offset, int limit, CancellationToken cancellationToken)
    {
        TrustSelection selection = TrustSelection.Of(await session.Trust.ListAsync(cancellationToken: cancellationToken).ConfigureAwait(false), target);
        TrustEntry[] page = [.. selection.Entries.Skip(offset).Take(limit)];
        Dictionary<string, WorkloadServer> servers = page.Length == 0
            ? []
            : (await session.WorkloadServers.ListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(server => server.Name, StringComparer.Ordinal);
        List<TrustDiff> items = new(page.Length);
        foreach (IGrouping<string, TrustEntry> group in page.GroupBy(entry => entry.ServerName, StringComparer.Ordinal))
        {
            IReadOnlyList<StoredTool> stored = servers.TryGetValue(group.Key, out WorkloadServer? server)
                ? await session.WorkloadTools.ListByServerAsync(server.Id, cancellationToken).ConfigureAwait(false)
                : [];
            Dictionary<string, StoredTool> tools = stored.ToDictionary(tool => tool.Name, StringComparer.Ordinal);
            items.AddRange(group.Select(entry => Compare(entry, entry.Kind == TrustKind.Tool ? tools.GetValueOrDefault(entry.Name!) : null)));
        }

        bool isAll = page.Length == selection.Entries.Count;
        int next = offset + page.Length;
        TrustReview review = new()
        {
            Id = "",
            Hash = isAll ? selection.Hash : null,
            Items = items,
            Total = selection.Entries.Count,
            Next = page.Length > 0 && next < selection.Entries.Count ? next : null,
        };
        return (review, page);
    }

    private async Task<IReadOnlyList<TrustEntry>> DecideAsync(TrustDecision decision, TrustAction action, Func<TrustEntry, TrustEntry> decide, CancellationToken cancellationToken)
    {
        Check(decision);
        if (decision.ReviewId is { } reviewId)
        {
            await reviews.BringAsync(reviewId, cancellationToken).ConfigureAwait(false);
        }

        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        List<TrustEntry> decided = [];
        await store.DecideAsync(
            async (session, token) =>
            {
                decided.Clear();
                DateTimeOffset now = clock.GetUtcNow();
                List<TrustRecord> log = [];
                foreach (TrustEntry entry in Select(decision, await session.Trust.ListAsync(cancellationToken: token).ConfigureAwait(false)))
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
                            Kind = entry.Kind,
                            Name = entry.Name,
                            Hash = entry.CurrentHash,
                            ApprovedHash = entry.ApprovedHash,
                            By = decision.By,
                            Note = decision.Note,
                            Writer = keeper.Writer,
                        });
                    }
                }

                await session.Trust.UpsertAsync(decided, token).ConfigureAwait(false);
                await session.Trust.AppendAsync(log, mostPerHour: 0, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

        // Written is written: what follows from it is published even when the caller does not wait for it.
        await PublishAsync([.. decided.Select(entry => entry.ServerName).Distinct(StringComparer.Ordinal)], CancellationToken.None).ConfigureAwait(false);
        return decided;
    }

    private static void Check(TrustDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentException.ThrowIfNullOrWhiteSpace(decision.By);
        if (decision.Note?.Length > LongestNote)
        {
            throw new ArgumentException($"The note has {decision.Note.Length} characters; allowed are {LongestNote}.", nameof(decision));
        }

        if (decision.Hash is { } hash && (hash.Length != HashLength || !hash.All(char.IsAsciiHexDigit)))
        {
            throw new ArgumentException($"The hash '{VisibleText.Shorten(hash, HashLength)}' is not a whole one: {HashLength} hexadecimal digits are expected. A part of it can be forged.", nameof(decision));
        }

        if (decision.ReviewId is not null && (decision.Target ?? decision.Hash) is not null)
        {
            throw new ArgumentException("A review id stands alone: it says what is decided on.", nameof(decision));
        }
    }

    private IReadOnlyList<TrustEntry> Select(TrustDecision decision, IReadOnlyList<TrustEntry> entries)
    {
        if (decision.ReviewId is { } id)
        {
            return reviews.Find(id, entries);
        }

        TrustSelection selection = TrustSelection.Of(entries, decision.Target);
        return decision.Hash is not { } hash || selection.Has(hash)
            ? selection.Entries
            : throw new TrustConflictException($"What is listed now is not what the hash {hash} was given for. Nothing was decided; review it again.");
    }

    private static TrustDiff Compare(TrustEntry entry, StoredTool? tool)
    {
        if (entry.Kind is TrustKind.Instructions or TrustKind.Endpoint)
        {
            return DefinitionDiff.Of(entry, DefinitionDiff.OfTexts(entry.Kind.ToString().ToLowerInvariant(), entry.ApprovedText, entry.IsPresent ? entry.CurrentText : null));
        }

        string? current = entry.Kind == TrustKind.Tool ? tool is null ? null : Encoding.UTF8.GetString(tool.Details.Span) : entry.IsPresent ? entry.CurrentText : null;
        return DefinitionDiff.Of(entry, DefinitionDiff.OfDefinitions(entry.ApprovedText ?? (entry.CurrentHash == entry.ApprovedHash ? current : null), current));
    }

    // Inside the gate.
    private async Task PublishAsync(IReadOnlyCollection<string> serverNames, CancellationToken cancellationToken)
    {
        if (serverNames.Count == 0)
        {
            return;
        }

        HashSet<string> names = new(serverNames, StringComparer.Ordinal);
        await servers.PublishAsync(server => names.Contains(server.Name), [], cancellationToken).ConfigureAwait(false);
    }
}
