using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Repositories.Store;

namespace McpOptimizer.Core.Services.Explanations;

/// <summary>What is known about why a server does not answer. For operators: addresses and commands may stand in it.</summary>
internal sealed class ServerFaults(OptimizerStore store, IBackendRepository backends)
{
    /// <summary>Sentences with a blank before each; empty when nothing is known.</summary>
    public async Task<string> DescribeAsync(string serverName, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<WorkloadServer> servers = await store.ReadAsync((session, token) => session.WorkloadServers.ListAsync(token), cancellationToken).ConfigureAwait(false);
        WorkloadServer? row = servers.FirstOrDefault(server => server.Name == serverName);
        BackendStatus? status = backends.StatusOf(serverName);
        return Sentence("It is known as", row is null or { Status: ServerStatus.Running } ? null : row.Status.ToString().ToLowerInvariant(), row?.StatusReason) + Sentence("Its last error", status?.LastError, null);
    }

    private static string Sentence(string label, string? text, string? reason) =>
        text is null ? "" : $" {label}: {text.TrimEnd('.')}{(reason is null ? "" : $" ({reason.TrimEnd('.')})")}.";
}
