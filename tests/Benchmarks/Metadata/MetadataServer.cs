using System.Diagnostics;
using Fleet.Metadata.Json;
using Fleet.Metadata.Services;
using Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Metadata;

/// <summary>The service behind the shared host, on a free loopback port.</summary>
internal sealed class MetadataServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private MetadataServer(WebApplication app)
    {
        _app = app;
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1000 })
        {
            BaseAddress = new Uri(app.Urls.First()),
            Timeout = TimeSpan.FromMinutes(1),
        };
    }

    public static async Task<MetadataServer> StartAsync(string repository, CancellationToken cancellationToken)
    {
        McpHostOptions options = new() { Name = "benchmark", Urls = ["http://127.0.0.1:0"] };
        WebApplication app = (WebApplication)McpHost.Build(
            options,
            [],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddFleetMetadata(settings =>
                {
                    settings.RepositoryPath = repository;
                    settings.ForgeEnabled = false;
                });
            },
            app => app.MapGet("/metadata", async (IMetadataService metadata, CancellationToken token) =>
                Results.Json(await metadata.GetAllAsync(token), FleetMetadataJson.DefaultOptions)));
        await app.StartAsync(cancellationToken);
        return new MetadataServer(app);
    }

    /// <summary>Sends requests from so many clients, each one after the other. An answer without a status counts as an error.</summary>
    public async Task<Latencies> RequestAsync(int clients, int requests, CancellationToken cancellationToken)
    {
        double[] milliseconds = new double[requests];
        int next = -1;
        int errors = 0;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(SendAsync, cancellationToken)));
        return Latencies.Of(milliseconds, errors);

        async Task SendAsync()
        {
            for (int at; (at = Interlocked.Increment(ref next)) < requests;)
            {
                long started = Stopwatch.GetTimestamp();
                using HttpResponseMessage response = await _http.GetAsync("/metadata", cancellationToken);
                byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                milliseconds[at] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (!response.IsSuccessStatusCode || body.AsSpan().IndexOf("\"git_status\":{\"value\":\"clean\""u8) < 0)
                {
                    Interlocked.Increment(ref errors);
                }
            }
        }
    }

    public static async Task<ResourceUse> MeasureAsync()
    {
        // Processes of the last collection may just be ending.
        await Task.Delay(500);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process self = Process.GetCurrentProcess();
        bool linux = OperatingSystem.IsLinux();
        string children = linux ? await File.ReadAllTextAsync($"/proc/self/task/{self.Id}/children") : "";
        return new ResourceUse(
            GC.GetTotalMemory(forceFullCollection: true),
            self.WorkingSet64,
            linux ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() : self.HandleCount,
            self.Threads.Count,
            children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
