using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Ingestion;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>The real registration on a real database file; sources, backends and generator are the test's.</summary>
public sealed class OptimizerFixture : IAsyncDisposable
{
    private readonly TemporaryFolder? _folder;
    private readonly ServiceProvider _provider;
    private readonly Stack<IHostedService> _hosted = [];

    public OptimizerFixture(
        string? database = null, Action<McpOptimizerOptions>? configure = null, CountingEmbedder? embedder = null, bool withEmbedder = true, string source = "fake",
        Action<IServiceCollection>? services = null, Action<IServiceCollection>? after = null)
    {
        SQLitePCL.Batteries_V2.Init();
        _folder = database is null ? new TemporaryFolder() : null;
        Database = database ?? _folder!.Combine("optimizer.db");
        Workloads = new FakeWorkloadSource(source);
        Embedder = embedder ?? new CountingEmbedder();
        ServiceCollection registered = new();
        services?.Invoke(registered);
        registered.AddLogging();
        registered.AddSingleton<IBackendRepository>(Backends);
        registered.AddMcpOptimizer(options =>
        {
            options.Store.DatabasePath = Database;
            options.Embeddings.Provider = withEmbedder ? EmbeddingProvider.Default : EmbeddingProvider.None;
            configure?.Invoke(options);
        });
        TestStore.Register(registered, Database);
        registered.AddSingleton<IWorkloadSource>(Workloads);
        registered.AddSingleton<IRegistrySource>(Registry);
        registered.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(Embedder);
        registered.AddSingleton<ICallerAccessor>(Caller);
        registered.AddMcpOptimizerTools();
        after?.Invoke(registered);

        _provider = registered.BuildServiceProvider();
    }

    public string Database { get; }

    public FakeWorkloadSource Workloads { get; }

    public FakeRegistrySource Registry { get; } = new();

    public FakeBackends Backends { get; } = new();

    public CountingEmbedder Embedder { get; }

    /// <summary>Who calls through <see cref="OptimizerClient"/>.</summary>
    internal SettableCaller Caller { get; } = new();

    public IServiceProvider Services => _provider;

    public IIngestionService Ingestion => Get<IIngestionService>();

    public IDiscoveryService Discovery => Get<IDiscoveryService>();

    internal OptimizerStore Store => Get<OptimizerStore>();

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>Starts what a host would start; polling goes on until the fixture ends.</summary>
    public async Task HostAsync()
    {
        foreach (IHostedService service in _provider.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
            _hosted.Push(service);
        }
    }

    /// <summary>Load, then registry, then workloads: a start.</summary>
    public async Task<IngestionReport> StartAsync()
    {
        await Ingestion.LoadAsync();
        return await PollAsync();
    }

    public async Task<IngestionReport> PollAsync()
    {
        IngestionReport registry = await Ingestion.IngestRegistryAsync();
        return registry.Add(await Ingestion.IngestWorkloadsAsync());
    }

    internal async Task<WorkloadServer> WorkloadAsync(string name) => (await FindWorkloadAsync(name))!;

    internal async Task<WorkloadServer?> FindWorkloadAsync(string name)
    {
        IReadOnlyList<WorkloadServer> servers = await Store.ReadAsync((session, token) => session.WorkloadServers.ListAsync(token));
        return servers.FirstOrDefault(server => server.Name == name);
    }

    internal Task<IReadOnlyList<RegistryServer>> RegistryAsync() => Store.ReadAsync((session, token) => session.RegistryServers.ListAsync(token));

    internal async Task<IReadOnlyList<StoredTool>> ToolsAsync(string server)
    {
        WorkloadServer row = await WorkloadAsync(server);
        return await Store.ReadAsync((session, token) => session.WorkloadTools.ListByServerAsync(row.Id, token));
    }

    public async Task<string[]> FindAsync(string need, int limit = 8) =>
        [.. (await Discovery.FindAsync(new FindRequest { Query = new ToolQuery { Description = need, Limit = limit } }, CallerIdentity.Anonymous)).Tools.Select(tool => $"{tool.Hit.Tool.ServerName}/{tool.Hit.Tool.Name}")];

    public string[] List() => [.. Discovery.List(CallerIdentity.Anonymous).Select(tool => $"{tool.ServerName}/{tool.Name}")];

    public async ValueTask DisposeAsync()
    {
        while (_hosted.TryPop(out IHostedService? service))
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _provider.DisposeAsync();
        _folder?.Dispose();
    }
}
