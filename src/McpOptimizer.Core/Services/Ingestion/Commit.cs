using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Ingestion.Plan;
using McpOptimizer.Core.Services.Trust;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>
/// The last stage, for workloads and for the registry: what is to be withheld is withheld in memory, what was planned is judged and written in one transaction, and
/// then it is published. Callers are inside the gate.
/// </summary>
internal sealed class Commit(
    OptimizerStore store, TrustKeeper trust, TrustMemory memory, TrustStatus trustStatus, TextEmbedder embedder, ToolIndexes indexes, PublishedServers published)
{
    // Another process that takes the same servers in on the same database may be faster; then what it wrote is there.
    private const int MostAttempts = 4;

    /// <summary>Plans and writes; read and planned again on what another process wrote, where one was faster.</summary>
    public static async Task<T> WithRetriesAsync<T>(Func<Task<T>> planAndRun)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await planAndRun().ConfigureAwait(false);
            }
            catch (OptimizerStoreException e) when (e.Failure == StoreFailure.Conflict && attempt < MostAttempts)
            {
                // Once more.
            }
        }
    }

    /// <summary>Writes and publishes. Nothing to do costs nothing.</summary>
    /// <exception cref="OptimizerStoreException">It could not be stored; what changed is withheld meanwhile.</exception>
    public async Task RunAsync(Changes changes, CancellationToken cancellationToken = default)
    {
        if (changes.IsEmpty)
        {
            return;
        }

        string[] narrowed = Narrow(changes.Workloads);
        IReadOnlyList<WorkloadPlan> written = [];
        try
        {
            await store.WriteAsync(async (session, token) => written = await WriteAsync(session, changes, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (changes.Workloads.Count > 0)
        {
            trustStatus.Failed(narrowed, e.Message);
            throw;
        }

        PublishRegistry(changes);
        PublishWorkloads(written, changes.Gone);
    }

    /// <summary>Deletes the stored workloads that are gone.</summary>
    public async Task<int> DeleteAsync(Func<WorkloadServer, bool> isGone, CancellationToken cancellationToken = default)
    {
        WorkloadServer[] gone =
            [.. (await store.ReadAsync((session, token) => session.WorkloadServers.ListAsync(token), cancellationToken).ConfigureAwait(false)).Where(isGone)];
        await RunAsync(new Changes { Gone = gone }, cancellationToken).ConfigureAwait(false);
        return gone.Length;
    }

    // In memory first: a store that is slow or cannot be written must not leave a changed definition callable.
    private string[] Narrow(IReadOnlyList<WorkloadPlan> plans)
    {
        ServerDocument[] narrowed =
        [
            .. plans.Where(plan => plan.Trust is not null)
                .Select(plan => (Plan: plan, Verdict: memory.Narrow(plan.Trust!)))
                .Where(item => item.Verdict is not null)
                .Select(item => DocumentOf(item.Plan, item.Verdict!)),
        ];
        if (narrowed.Length > 0)
        {
            indexes.ApplyToWorkloads(new IndexChange { Upserted = narrowed });
        }

        return [.. narrowed.Select(server => server.Name)];
    }

    // The plans come back with their documents: what of their tools may be found is decided on the entries that this transaction sees.
    private async Task<IReadOnlyList<WorkloadPlan>> WriteAsync(StoreSession session, Changes changes, CancellationToken cancellationToken)
    {
        // Deleted first, so that an entry may take over the URL or image of one that is gone.
        foreach (RegistryServer entry in changes.GoneEntries)
        {
            await session.RegistryServers.DeleteAsync(entry.Id, cancellationToken).ConfigureAwait(false);
        }

        foreach (EntryPlan plan in changes.Entries)
        {
            await session.RegistryServers.UpsertAsync(plan.Server, cancellationToken).ConfigureAwait(false);
            await session.RegistryTools.DeleteAsync(plan.DeletedToolIds, cancellationToken).ConfigureAwait(false);
            await session.RegistryTools.UpsertAsync(plan.Tools, cancellationToken).ConfigureAwait(false);
        }

        foreach (WorkloadServer server in changes.Gone)
        {
            await trust.ForgetListingAsync(session, server.Name, cancellationToken).ConfigureAwait(false);
            await session.WorkloadServers.DeleteAsync(server.Id, cancellationToken).ConfigureAwait(false);
        }

        List<WorkloadPlan> written = new(changes.Workloads.Count);
        foreach (WorkloadPlan plan in changes.Workloads)
        {
            await session.WorkloadServers.UpsertAsync(plan.Server, cancellationToken).ConfigureAwait(false);
            await session.WorkloadTools.DeleteAsync(plan.DeletedToolIds, cancellationToken).ConfigureAwait(false);
            await session.WorkloadTools.UpsertAsync(plan.UpsertedTools, cancellationToken).ConfigureAwait(false);
            if (plan.Trust is null)
            {
                written.Add(plan);
                continue;
            }

            TrustVerdict verdict = await trust.TakeOverAsync(session, plan.Trust, cancellationToken).ConfigureAwait(false);
            written.Add(plan with { Document = DocumentOf(plan, verdict), Verdict = verdict });
        }

        return written;
    }

    private void PublishWorkloads(IReadOnlyList<WorkloadPlan> written, IReadOnlyList<WorkloadServer> gone)
    {
        if (written.Count + gone.Count == 0)
        {
            return;
        }

        indexes.ApplyToWorkloads(new IndexChange
        {
            Upserted = [.. written.Where(plan => plan.Document is not null).Select(plan => plan.Document!)],
            StateChanged =
            [
                .. written.Where(plan => plan.Document is null)
                    .Select(plan => new ServerState(plan.Server.Id, plan.Server.Status, plan.Server.Group, plan.Server.VirtualMcp)),
            ],
            RemovedServerIds = [.. gone.Select(server => server.Id)],
        });
        foreach (WorkloadPlan plan in written)
        {
            published.Set(plan.Server);
            if (plan.Verdict is not null)
            {
                memory.Settle(plan.Server.Name, plan.Verdict);
            }
        }

        foreach (WorkloadServer server in gone)
        {
            published.Remove(server.Id);
        }
    }

    private void PublishRegistry(Changes changes)
    {
        if (changes.Entries.Count + changes.GoneEntries.Count > 0)
        {
            indexes.ApplyToRegistry(new IndexChange
            {
                Upserted = [.. changes.Entries.Select(plan => IndexDocuments.Of(plan.Server, plan.Tools, embedder))],
                RemovedServerIds = [.. changes.GoneEntries.Select(entry => entry.Id)],
            });
        }
    }

    private ServerDocument DocumentOf(WorkloadPlan plan, TrustVerdict verdict) =>
        IndexDocuments.Of(plan.Server, plan.Trust!.Items, embedder, verdict.Withholds, verdict.WithholdsServer);
}
