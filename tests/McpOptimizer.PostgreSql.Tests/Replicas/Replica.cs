using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Trust;
using McpOptimizer.Core.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace McpOptimizer.PostgreSql.Tests.Replicas;

/// <summary>One replica inside the test's process: the real registration, polling and following, on the sources and backends that the test gives it.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private Replica(OptimizerFixture optimizer) => Optimizer = optimizer;

    public OptimizerFixture Optimizer { get; }

    public IStoreReplicas Others => Optimizer.Get<IStoreReplicas>();

    public ITrustService Trust => Optimizer.Get<ITrustService>();

    public static async Task<Replica> StartAsync(string connectionString, string name, Action<Replica> prepare, TimeSpan? interval = null, Action<PostgreSqlStoreOptions>? configure = null)
    {
        // A path of its own, so that the fixture's store is replaced by the shared one.
        OptimizerFixture optimizer = new(
            configure: options =>
            {
                options.Ingestion.WorkloadPollingInterval = interval ?? TimeSpan.FromSeconds(1);
                options.Ingestion.RegistryHeadStart = TimeSpan.Zero;
                options.Trust.RefreshInterval = TimeSpan.FromMinutes(5);
            },
            after: services => services.AddPostgreSqlStore(connectionString, options =>
            {
                options.ReplicaName = name;
                options.LeaseDuration = TimeSpan.FromSeconds(2);
                configure?.Invoke(options);
            }));
        Replica replica = new(optimizer);
        prepare(replica);
        await optimizer.HostAsync();
        return replica;
    }

    public void Serve(string server, params string[] tools)
    {
        Optimizer.Workloads.Workloads.RemoveAll(workload => workload.Name == server);
        Optimizer.Workloads.Add(server);
        Optimizer.Backends.Set(server, tools);
    }

    public Task<ToolCallOutcome> CallAsync(ToolCallRequest request, CallContext context) =>
        Optimizer.Get<IToolCallService>().CallAsync(request, VisibilityScope.Everything, context);

    public ValueTask<bool> IsLeaderAsync() => Others.IsLeaderAsync();

    public Task LookAsync() => Optimizer.Ingestion.IngestWorkloadsAsync();

    public async Task<TrustEntry> EntryAsync(string server, string tool) => (await Trust.ListAsync(new TrustQuery { ServerName = server })).Single(entry => entry.Name == tool);

    public ValueTask DisposeAsync() => Optimizer.DisposeAsync();
}
