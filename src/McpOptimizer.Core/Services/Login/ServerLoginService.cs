using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Repositories.Sources;

namespace McpOptimizer.Core.Services.Login;

/// <summary>Asks the sources afresh: a login is run from a process of its own.</summary>
internal sealed class ServerLoginService(IEnumerable<IWorkloadSource> sources, IBackendRepository backends) : IServerLoginService
{
    public async Task LoginAsync(string serverName, Func<Uri, CancellationToken, Task> show, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(serverName);
        List<WorkloadDescriptor> listed = [];
        foreach (IWorkloadSource source in sources)
        {
            listed.AddRange((await source.ListAsync(cancellationToken).ConfigureAwait(false)).Workloads);
        }

        WorkloadDescriptor server = listed.Find(workload => workload.Name == serverName)
            ?? throw new ArgumentException($"No source lists a server named '{serverName}'.{NearestName.Hint(serverName, listed.Select(workload => workload.Name))}", nameof(serverName));
        await backends.LoginAsync(
            server.Endpoint ?? throw new ArgumentException($"The server '{serverName}' cannot be reached: {server.StatusReason ?? "its source names no address"}.", nameof(serverName)),
            show,
            cancellationToken).ConfigureAwait(false);
    }
}
