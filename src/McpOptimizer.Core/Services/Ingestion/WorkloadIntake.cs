using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Ingestion.Look;
using McpOptimizer.Core.Services.Ingestion.Plan;
using McpOptimizer.Core.Services.Trust;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>From what was seen of a batch of workloads to what is stored and searchable: reads the rows, plans, commits.</summary>
internal sealed class WorkloadIntake(
    OptimizerStore store, WorkloadPlanner planner, Commit commit, TrustMemory memory, TrustStatus trustStatus, ToolIndexes indexes, CatalogueGate gate, IngestionStatus status)
{
    /// <summary>Takes over a batch. Unchanged workloads cost no write. What changed is withheld even when nothing can be read or written.</summary>
    /// <returns>A report for each, in order; an empty one for what was not wanted any more.</returns>
    /// <exception cref="OptimizerStoreException">It could not be stored. What changed is then found and called no more until it can be.</exception>
    public async Task<IReadOnlyList<IngestionReport>> TakeInAsync(IReadOnlyList<WorkloadInput> batch, CancellationToken cancellationToken = default)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        WorkloadInput[] wanted = [.. batch.Where(input => input.IsWanted())];
        try
        {
            Queue<IngestionReport> reports = new(await Commit.WithRetriesAsync(() => PlanAndCommitAsync(wanted, cancellationToken)).ConfigureAwait(false));
            status.StoreWorked();
            return [.. batch.Select(input => Array.IndexOf(wanted, input) >= 0 ? reports.Dequeue() : new IngestionReport())];
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not OptimizerStoreException { Failure: StoreFailure.Superseded })
        {
            if (e is OptimizerStoreException)
            {
                status.StoreFailed(e.Message);
            }

            IReadOnlyList<ServerDocument> changed = memory.Withhold(
                [.. wanted.Where(input => memory.IsChanged(input.Workload, input.Tools, input.Instructions)).Select(input => input.Workload.Name)]);
            if (changed.Count > 0)
            {
                indexes.ApplyToWorkloads(new IndexChange { Upserted = changed });
                trustStatus.Failed(changed.Select(server => server.Name), e.Message);
            }

            throw;
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
            plans[item.Index] = await planner.PlanAsync(item.Item, existing, stored, registry, token).ConfigureAwait(false);
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
        return await commit.DeleteAsync(isGone, cancellationToken).ConfigureAwait(false);
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

    private async Task<IReadOnlyList<IngestionReport>> CommitAsync(WorkloadPlan[] plans, CancellationToken cancellationToken)
    {
        await commit.RunAsync(new Changes { Workloads = [.. plans.Where(plan => plan.IsChange)] }, cancellationToken).ConfigureAwait(false);
        return [.. plans.Select(plan => plan.Report)];
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
