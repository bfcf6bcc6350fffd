using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shared.ToolHive;

/// <summary>A real HTTP server on 127.0.0.1 that can be stopped and started again, with a journal and faults.</summary>
public sealed class LoopbackServer(Action<WebApplication> map, Action<ListenOptions>? configureListener = null) : IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>What arrived.</summary>
    public RequestJournal Journal { get; } = new();

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>Port of the last start.</summary>
    public int Port { get; private set; }

    /// <summary>True between start and stop.</summary>
    public bool IsRunning => _app is not null;

    /// <summary>Starts to listen.</summary>
    /// <param name="port">Port; 0 for a free one.</param>
    /// <param name="socketPath">Unix socket to listen on instead of a port.</param>
    public async Task StartAsync(int port = 0, string? socketPath = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            if (socketPath is not null)
            {
                kestrel.ListenUnixSocket(socketPath);
            }
            else
            {
                kestrel.Listen(IPAddress.Loopback, port, listener => configureListener?.Invoke(listener));
            }
        });
        WebApplication app = builder.Build();
        app.Use((context, next) => ServeAsync(context, () => next(context)));
        app.UseRouting();
        map(app);
        await app.StartAsync();
        _app = app;
        Port = socketPath is null ? new Uri(app.Urls.Single()).Port : 0;
    }

    /// <summary>Stops at once; requests under way break off.</summary>
    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync(new CancellationToken(canceled: true)).ContinueWith(static _ => { }, TaskScheduler.Default);
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task ServeAsync(HttpContext context, Func<Task> answer)
    {
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        string path = target.Split('?')[0];
        context.Request.EnableBuffering();
        using StreamReader reader = new(context.Request.Body, leaveOpen: true);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        context.Request.Body.Position = 0;
        Journal.Add(new JournalEntry(
            context.Request.Method,
            path,
            context.Request.QueryString.Value ?? "",
            body,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        try
        {
            await Faults.ApplyAsync(context, path, answer);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left, or the server stops.
        }
    }
}
