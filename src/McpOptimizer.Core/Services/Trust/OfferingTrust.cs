using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Definitions;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Holds prompts, resources and resource templates to the same rules as tools. Only what they may show goes into their indexes.</summary>
internal sealed partial class OfferingTrust(
    OptimizerStore store, IStoreReplicas replicas, TrustKeeper keeper, TrustRules rules, TrustStatus status, OfferingIndexes indexes, CatalogueGate gate, ILogger<OfferingTrust> logger)
{
    /// <summary>Takes over what a server lists.</summary>
    /// <param name="serverName">The server.</param>
    /// <param name="what">Which of its offerings.</param>
    /// <param name="items">All of them.</param>
    /// <param name="mark">Stands for the listing, to recognise the same one.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task TakeOverAsync(string serverName, OfferingChange what, IReadOnlyList<ToolDocument> items, string mark, CancellationToken cancellationToken = default)
    {
        if (rules.PolicyOf(serverName) == TrustPolicy.Off)
        {
            indexes.Set(serverName, what, items, [], mark);
            return;
        }

        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);

        // In memory first: until the store has it, nothing is offered but what is offered already and as it was.
        indexes.Set(serverName, what, items, [.. items.Where(item => !indexes.IsOffered(serverName, what, item)).Select(item => item.Name)], mark: "");
        try
        {
            TrustVerdict verdict = await JudgeAsync(Input(serverName, what, items) with { IsListing = true }, cancellationToken).ConfigureAwait(false);
            indexes.Set(serverName, what, items, verdict.WithheldItems, mark);
            status.Stored(serverName);
        }
#pragma warning disable CA1031 // Whatever is wrong with the store, the other servers are not to suffer; the next look tries again.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            status.Failed([serverName], e.Message);
            LogNotStored(VisibleText.Shorten(serverName), what, e.Message);
        }
    }

    /// <summary>Offers what the entries of a server let through of what it listed last.</summary>
    public void Publish(string serverName, IReadOnlyList<TrustEntry> entries)
    {
        foreach (OfferingChange what in Enum.GetValues<OfferingChange>())
        {
            if (indexes.ListedBy(serverName, what) is { } items)
            {
                indexes.Set(serverName, what, items, keeper.Judge(Input(serverName, what, items), entries).WithheldItems, indexes.MarkOf(serverName, what)!);
            }
        }
    }

    private async Task<TrustVerdict> JudgeAsync(TrustInput input, CancellationToken cancellationToken)
    {
        IReadOnlyList<TrustEntry> entries = await store.ReadAsync((session, token) => session.Trust.ListAsync(input.ServerName, token), cancellationToken).ConfigureAwait(false);
        TrustVerdict verdict = keeper.Judge(input, entries);
        if (verdict.Entries.Count > 0 && await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            TrustInput scanned = TrustKeeper.Scan(input, verdict);
            await store.WriteAsync(async (session, token) => verdict = await keeper.TakeOverAsync(session, scanned, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        return verdict;
    }

    private static TrustInput Input(string serverName, OfferingChange what, IReadOnlyList<ToolDocument> items) => new()
    {
        ServerName = serverName,
        Kind = what == OfferingChange.Prompts ? TrustKind.Prompt : TrustKind.Resource,
        Items =
        [
            .. items.Select(item => new StoredTool
            {
                Id = item.Id, ServerId = serverName, Name = item.Name, Details = item.DefinitionJson, ContentHash = ToolHasher.HashDefinition(item.DefinitionJson),
            }),
        ],
    };

    [LoggerMessage(EventId = 252, Level = LogLevel.Error, Message = "What {Server} changed of its {What} is withheld, but could not be recorded; the next look tries again: {Reason}")]
    private partial void LogNotStored(string server, OfferingChange what, string reason);
}
