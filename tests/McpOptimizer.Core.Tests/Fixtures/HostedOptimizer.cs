using Hosting;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Tests.Backends;
using McpOptimizer.Core.Tests.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>The optimizer in a running host over HTTP: real clients on one side, real backends on the other.</summary>
internal sealed class HostedOptimizer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;

    private HostedOptimizer(Action<McpOptimizerOptions>? configure)
    {
        SQLitePCL.Batteries_V2.Init();
        McpHostOptions host = new()
        {
            Name = "optimizer",
            Version = "1.0",
            Urls = ["http://127.0.0.1:0"],
            DrainTimeout = TimeSpan.FromSeconds(1),
            AcceptProfiles = true,
            IsProfileKnown = (services, name) => services.GetRequiredService<IVisibilityService>().IsProfile(name),
        };
        _app = (WebApplication)McpHost.Build(host, [], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddMcpOptimizer(options =>
            {
                options.Store.DatabasePath = _folder.Combine("optimizer.db");
                options.Ingestion.RegistryHeadStart = TimeSpan.Zero;
                options.Backends.CallTimeout = TimeSpan.FromSeconds(60);
                configure?.Invoke(options);
            });
            builder.Services.AddSingleton<IWorkloadSource>(Workloads);
            builder.Services.AddSingleton<ICallAuditSink>(Audit);
            builder.Services.AddSingleton<ICallerAccessor, ProfileOfThePath>();
            builder.Services.AddMcpOptimizerTools();
        });
    }

    public FakeWorkloadSource Workloads { get; } = new();

    public RecordingAuditSink Audit { get; } = new();

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts with these backends, by server name.</summary>
    public static async Task<HostedOptimizer> StartAsync(IReadOnlyDictionary<string, Uri> backends, Action<McpOptimizerOptions>? configure = null)
    {
        HostedOptimizer optimizer = new(configure);
        foreach ((string name, Uri url) in backends)
        {
            optimizer.Workloads.Workloads.Add(new WorkloadDescriptor
            {
                Name = name,
                Endpoint = BackendFixture.Http(url, name),
                Identifier = url.OriginalString,
                Remote = true,
                Status = ServerStatus.Running,
            });
        }

        await optimizer._app.StartAsync();
        return optimizer;
    }

    public Task<McpClient> ConnectAsync(string path = "/mcp", string? version = null) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(Address, path), TransportMode = HttpTransportMode.StreamableHttp }),
        new McpClientOptions { ProtocolVersion = version });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class ProfileOfThePath : ICallerAccessor
    {
        public CallerIdentity Current => new() { Profile = McpRequestContext.Current.Profile };
    }
}
