using McpOptimizer.Core;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shared.Backends;
using Shared.Testing;

namespace McpOptimizer.Extensions.AI.Tests;

/// <summary>The optimizer in a plain host, with one stub server named <c>web</c> behind it.</summary>
internal sealed class RunningOptimizer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly IHost _host;

    private RunningOptimizer(TemporaryFolder folder, StubHttpBackend backend, IHost host)
    {
        _folder = folder;
        Backend = backend;
        _host = host;
    }

    public StubHttpBackend Backend { get; }

    public IServiceProvider Services => _host.Services;

    public IOptimizerFunctions Functions => Services.GetRequiredService<IOptimizerFunctions>();

    /// <summary>Started, and its first ingestion done.</summary>
    public static async Task<RunningOptimizer> StartAsync(Action<McpOptimizerOptions>? configure = null)
    {
        SQLitePCL.Batteries_V2.Init();
        TemporaryFolder folder = new();
        StubHttpBackend backend = await StubHttpBackend.StartAsync();
        string servers = folder.Combine("servers.json");
        await File.WriteAllTextAsync(servers, $$"""{ "mcpServers": { "web": { "url": "{{backend.Url}}" } } }""");
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMcpOptimizer(options =>
        {
            options.Store.DatabasePath = folder.Combine("optimizer.db");
            options.Ingestion.RegistryHeadStart = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        builder.Services.AddServersFileSource(servers);
        IHost host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IngestionStatus>().WaitForFirstIngestionAsync().WaitAsync(Eventually.Patience);
        return new RunningOptimizer(folder, backend, host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Backend.DisposeAsync();
        _folder.Dispose();
    }
}
