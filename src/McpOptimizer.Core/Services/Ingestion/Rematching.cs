using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Ingestion.Plan;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Looks for the registry entry of one stored server again.</summary>
internal sealed class Rematching(OptimizerStore store, WorkloadPlanner planner, Commit commit, CatalogueGate gate)
{
    /// <summary>Matches and relinks.</summary>
    /// <exception cref="ArgumentException">No server of this name is stored; the message names the nearest.</exception>
    public async Task<IngestionReport> RunAsync(string serverName, CancellationToken cancellationToken = default)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<WorkloadServer> servers, IReadOnlyList<RegistryServer> entries) = await store.ReadAsync(
            async (session, token) => (
                await session.WorkloadServers.ListAsync(token).ConfigureAwait(false),
                await session.RegistryServers.ListAsync(token).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        WorkloadServer server = servers.FirstOrDefault(server => server.Name == serverName)
            ?? throw new ArgumentException($"No server named '{serverName}' is stored.{NearestName.Hint(serverName, servers.Select(server => server.Name))}", nameof(serverName));

        RegistryMatch match = new RegistryMatcher(entries).Match(server.WorkloadIdentifier, server.Remote);
        if (match.Rejection(server.Name, server.WorkloadIdentifier) is { } rejection)
        {
            return new IngestionReport { Seen = 1, Problems = [rejection] };
        }

        IReadOnlyList<StoredTool> tools = await store.ReadAsync((session, token) => session.WorkloadTools.ListByServerAsync(server.Id, token), cancellationToken).ConfigureAwait(false);
        WorkloadPlan plan = await planner.PlanRelinkAsync(server, match.Entry, tools, cancellationToken: cancellationToken).ConfigureAwait(false);
        await commit.RunAsync(plan.IsChange ? new Changes { Workloads = [plan] } : new Changes(), cancellationToken).ConfigureAwait(false);
        return plan.Report with { Changes = Compare(server, plan.Server, plan.Report) };
    }

    private static List<string> Compare(WorkloadServer before, WorkloadServer after, IngestionReport report)
    {
        List<string> changes = [];
        if (before.RegistryServerId != after.RegistryServerId || before.RegistryServerName != after.RegistryServerName)
        {
            changes.Add((before.RegistryServerName, after.RegistryServerName) switch
            {
                (null, { } now) => $"'{after.Name}' is linked to the registry entry '{now}'; it was linked to none.",
                ({ } was, null) => $"'{after.Name}' is linked to no registry entry any more; it was linked to '{was}', which does not have its address {after.WorkloadIdentifier}.",
                ({ } was, { } now) => $"'{after.Name}' is linked to the registry entry '{now}'; it was linked to '{was}'.",
                _ => $"'{after.Name}' is linked to another registry entry.",
            });
        }

        if (before.Description != after.Description)
        {
            changes.Add($"The description of '{after.Name}' is that of {(after.RegistryServerName is null ? "its own tools" : $"'{after.RegistryServerName}'")} now.");
        }

        if (report.Embedded > 0)
        {
            changes.Add($"{report.Embedded} texts were embedded again.");
        }

        return changes;
    }
}
