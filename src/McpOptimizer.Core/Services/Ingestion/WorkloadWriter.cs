using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Trust;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Plans a batch of listed workloads, writes it in one short transaction and publishes it.</summary>
internal sealed class WorkloadWriter(
    IOptimizerStore store, WorkloadPlanner planner, TrustKeeper trust, TrustMemory memory, TrustStatus trustStatus, ITextEmbedder embedder, IToolIndexWriter index,
    PublishedServers published, IngestionGate gate, IngestionStatus status)
{
    // Another process that takes the same servers in on the same database may be faster; then what it wrote is there.
    private const int MostAttempts = 4;

    /// <summary>Takes over a batch. Unchanged workloads cost no write. What changed is withheld even when nothing can be read or written.</summary>
    /// <returns>A report for each, in order; an empty one for what was not wanted any more.</returns>
    /// <exception cref="OptimizerStoreException">It could not be stored. What changed is then found and called no more until it can be.</exception>
    public async Task<IReadOnlyList<IngestionReport>> WriteAsync(IReadOnlyList<WorkloadInput> batch, CancellationToken cancellationToken = default)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        WorkloadInput[] wanted = [.. batch.Where(input => input.IsWanted())];
        try
        {
            Queue<IngestionReport> reports = new(await WriteWantedAsync(wanted, cancellationToken).ConfigureAwait(false));
            status.StoreWorked();
            return [.. batch.Select(input => Array.IndexOf(wanted, input) >= 0 ? reports.Dequeue() : new IngestionReport())];
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not OptimizerStoreException { Failure: StoreFailure.Superseded })
        {
            if (e is OptimizerStoreException)
            {
                status.StoreFailed(e.Message);
            }

            IReadOnlyList<ServerDocument> changed = memory.FindChanged(wanted);
            if (changed.Count > 0)
            {
                index.ApplyToWorkloads(new IndexChange { Upserted = changed });
                trustStatus.Failed(changed.Select(server => server.Name), e.Message);
            }

            throw;
        }
    }

    private async Task<IReadOnlyList<IngestionReport>> WriteWantedAsync(WorkloadInput[] batch, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await PlanAndCommitAsync(batch, cancellationToken).ConfigureAwait(false);
            }
            catch (OptimizerStoreException e) when (e.Failure == StoreFailure.Conflict && attempt < MostAttempts)
            {
                // Read and planned again on what the other one wrote.
            }
        }
    }

    private async Task<IReadOnlyList<IngestionReport>> PlanAndCommitAsync(WorkloadInput[] batch, CancellationToken cancellationToken)
    {
        (Dictionary<string, WorkloadServer> servers, RegistryMatcher registry, Dictionary<string, IReadOnlyList<StoredTool>> tools) =
            await ReadAsync(batch, cancellationToken).ConfigureAwait(false);

        WorkloadPlan[] plans = new WorkloadPlan[batch.Length];
        await Parallel.ForEachAsync(batch.Index(), cancellationToken, async (item, token) =>
        {
            WorkloadServer? existing = servers.GetValueOrDefault(item.Item.Workload.Name);
            IReadOnlyList<StoredTool> stored = existing is null ? [] : tools.GetValueOrDefault(existing.Id, []);
            WorkloadPlan plan = await planner.PlanAsync(item.Item, existing, stored, registry, token).ConfigureAwait(false);

            // Stored by another process: there is nothing to say to the store, but all to the index.
            bool mustPublish = plan.Trust is null && existing is not null && !published.IsCurrent(existing);
            plans[item.Index] = mustPublish ? plan with { IsChange = true, IsStored = !plan.IsChange, Trust = TrustKeeper.Stored(plan.Server.Name, stored) } : plan;
        }).ConfigureAwait(false);
        int[] judged = [.. plans.Index().Where(plan => plan.Item.Trust is not null).Select(plan => plan.Index)];
        foreach ((int at, TrustInput input) in judged.Zip(memory.CompareNames([.. judged.Select(at => plans[at].Trust!)])))
        {
            plans[at] = plans[at] with { Trust = input };
        }

        return await CommitAsync(plans, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the stored workloads that are gone.</summary>
    public async Task<int> DeleteAsync(Func<WorkloadServer, bool> isGone, CancellationToken cancellationToken = default)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        WorkloadServer[] gone =
            [.. (await store.ReadAsync((session, token) => session.WorkloadServers.ListAsync(token), cancellationToken).ConfigureAwait(false)).Where(isGone)];
        if (gone.Length == 0)
        {
            return 0;
        }

        await store.WriteAsync(
            async (session, token) =>
            {
                foreach (WorkloadServer server in gone)
                {
                    await trust.ForgetListingAsync(session, server.Name, token).ConfigureAwait(false);
                    await session.WorkloadServers.DeleteAsync(server.Id, token).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
        index.ApplyToWorkloads(new IndexChange { RemovedServerIds = [.. gone.Select(server => server.Id)] });
        foreach (WorkloadServer server in gone)
        {
            published.Remove(server.Id);
        }

        return gone.Length;
    }

    /// <summary>Keeps rows whose source is not configured any more, but hides them.</summary>
    public async Task<int> HideAsync(IReadOnlyCollection<WorkloadServer> orphans, CancellationToken cancellationToken = default)
    {
        if (orphans.Count == 0)
        {
            return 0;
        }

        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        WorkloadPlan[] plans =
        [
            .. orphans.Select(server => new WorkloadPlan
            {
                Server = server with { Status = ServerStatus.Stopped, StatusReason = $"its source '{server.Source}' is not configured" },
            }),
        ];
        return (await CommitAsync(plans, cancellationToken).ConfigureAwait(false)).Sum(report => report.Changed);
    }

    /// <summary>Writes and publishes plans. The caller is inside the gate.</summary>
    /// <returns>A report for each plan, in order.</returns>
    public async Task<IReadOnlyList<IngestionReport>> CommitAsync(WorkloadPlan[] plans, CancellationToken cancellationToken = default)
    {
        WorkloadPlan[] changes = [.. plans.Where(plan => plan.IsChange)];
        if (changes.Length > 0)
        {
            string[] narrowed = Narrow(changes);
            try
            {
                await store.WriteAsync(async (session, token) => changes = await WriteAsync(session, changes, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                trustStatus.Failed(narrowed, e.Message);
                throw;
            }

            Publish(changes);
        }

        return
        [
            .. plans.Select(plan => new IngestionReport { Seen = 1, Changed = plan is { IsChange: true, IsStored: false } ? 1 : 0, Embedded = plan.Embedded, Problems = plan.Problems }),
        ];
    }

    /// <summary>Puts written plans into the index.</summary>
    public void Publish(IReadOnlyCollection<WorkloadPlan> written)
    {
        index.ApplyToWorkloads(new IndexChange
        {
            Upserted = [.. written.Where(plan => plan.Document is not null).Select(plan => plan.Document!)],
            StateChanged =
            [
                .. written.Where(plan => plan.Document is null)
                    .Select(plan => new ServerState(plan.Server.Id, plan.Server.Status, plan.Server.Group, plan.Server.VirtualMcp)),
            ],
        });
        foreach (WorkloadPlan plan in written)
        {
            published.Set(plan.Server);
            if (plan.Verdict is not null)
            {
                memory.Settle(plan.Server.Name, plan.Verdict);
            }
        }
    }

    // In memory first: a store that is slow or cannot be written must not leave a changed definition callable.
    private string[] Narrow(WorkloadPlan[] changes)
    {
        ServerDocument[] narrowed =
        [
            .. changes.Where(plan => plan.Trust is not null)
                .Select(plan => (Plan: plan, Verdict: memory.Narrow(plan.Trust!)))
                .Where(item => item.Verdict is not null)
                .Select(item => IndexDocuments.Of(item.Plan.Server, item.Plan.Trust!.Items, embedder, item.Verdict!)),
        ];
        if (narrowed.Length > 0)
        {
            index.ApplyToWorkloads(new IndexChange { Upserted = narrowed });
        }

        return [.. narrowed.Select(server => server.Name)];
    }

    /// <summary>Writes plans inside a transaction.</summary>
    /// <returns>The plans with their documents: what of their tools may be found is decided on the entries that this transaction sees.</returns>
    public async Task<WorkloadPlan[]> WriteAsync(IStoreSession session, IReadOnlyCollection<WorkloadPlan> changes, CancellationToken cancellationToken = default)
    {
        List<WorkloadPlan> written = new(changes.Count);
        foreach (WorkloadPlan plan in changes)
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
            written.Add(plan with { Document = IndexDocuments.Of(plan.Server, plan.Trust.Items, embedder, verdict), Verdict = verdict });
        }

        return [.. written];
    }

    private async Task<(Dictionary<string, WorkloadServer> Servers, RegistryMatcher Registry, Dictionary<string, IReadOnlyList<StoredTool>> Tools)> ReadAsync(
        WorkloadInput[] batch, CancellationToken cancellationToken)
    {
        return await store.ReadAsync(
            async (session, token) =>
            {
                Dictionary<string, WorkloadServer> servers = (await session.WorkloadServers.ListAsync(token).ConfigureAwait(false)).ToDictionary(server => server.Name, StringComparer.Ordinal);
                RegistryMatcher registry = new(await session.RegistryServers.ListAsync(token).ConfigureAwait(false));
                Dictionary<string, IReadOnlyList<StoredTool>> tools = [];
                foreach (WorkloadInput input in batch)
                {
                    if (servers.TryGetValue(input.Workload.Name, out WorkloadServer? existing))
                    {
                        tools[existing.Id] = await session.WorkloadTools.ListByServerAsync(existing.Id, token).ConfigureAwait(false);
                    }
                }

                return (servers, registry, tools);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
