using Hosting.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace Hosting.Tests;

/// <summary>A running host on a free loopback port, and ways to talk to it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public const string Handshake = "2025-11-25";
    public const string PerRequest = "2026-07-28";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TestHost(WebApplication app)
    {
        App = app;
        Address = new Uri(app.Urls.First());
        Http = new HttpClient { BaseAddress = Address, Timeout = Patience };
    }

    public WebApplication App { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public Gate Gate => App.Services.GetRequiredService<Gate>();

    public static McpHostOptions Options() => new()
    {
        Name = "test",
        Version = "1.2.3",
        Urls = ["http://127.0.0.1:0"],
        DrainTimeout = Patience,
        KeepAliveInterval = TimeSpan.FromHours(1),
    };

    public static async Task<TestHost> StartAsync(
        Action<McpHostOptions>? set = null, Action<IHostApplicationBuilder>? configure = null, Action<WebApplication>? map = null)
    {
        McpHostOptions options = Options();
        set?.Invoke(options);
        WebApplication app = (WebApplication)McpHost.Build(options, [], builder => Configure(builder, configure), map);
        await app.StartAsync();
        return new TestHost(app);
    }

    public static void Configure(IHostApplicationBuilder builder, Action<IHostApplicationBuilder>? more = null)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Gate>();
        builder.Services.AddMcpServer().WithTools<EchoTools>();
        more?.Invoke(builder);
    }

    /// <summary>Until the host has put its own first requests.</summary>
    public Task WarmedUpAsync() => App.Services.GetServices<IHostedService>().OfType<FirstRequests>().Single().ExecuteTask!.WaitAsync(Patience);

    public Task<McpClient> ConnectAsync(string version, string path = "/mcp", string? token = null, McpClientOptions? options = null)
    {
        options ??= new McpClientOptions();
        options.ProtocolVersion = version;
        HttpClientTransportOptions transport = new() { Endpoint = new Uri(Address, path), TransportMode = HttpTransportMode.StreamableHttp };
        if (token is not null)
        {
            transport.AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" };
        }

        return McpClient.CreateAsync(new HttpClientTransport(transport), options);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Gate.Opened.TrySetResult();
        await App.DisposeAsync();
    }
}
