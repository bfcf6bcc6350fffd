using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shared.Coder;

/// <summary>
/// A Coder deployment on loopback: workspaces whose builds and agents move with the clock, presets, tasks as the chosen version has them, and the
/// proxy to the applications inside the workspaces. Everything that reaches it is written down, once at its door and once inside a workspace.
/// </summary>
public sealed class FakeCoder : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JournalEntry> _journal = new();
    private readonly ConcurrentQueue<JournalEntry> _inWorkspaces = new();
    private readonly CoderApi _api;
    private readonly AppProxy _proxy;
    private TimeSpan _latency;

    private FakeCoder(WebApplication app, FakeCoderOptions options)
    {
        _app = app;
        _latency = options.Latency;
        Options = options;
        State = new FakeState(options);
        _api = new CoderApi(State);
        _proxy = new AppProxy(State, _inWorkspaces);
    }

    public FakeCoderOptions Options { get; private set; }

    public FakeState State { get; }

    /// <summary>Address of the deployment.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>Faults in the order in which they are tried.</summary>
    public ConcurrentBag<Fault> Faults { get; } = [];

    /// <summary>What reached Coder.</summary>
    public IReadOnlyList<JournalEntry> Journal => [.. _journal];

    /// <summary>What reached a process inside a workspace, after Coder's proxy.</summary>
    public IReadOnlyList<JournalEntry> InWorkspaces => [.. _inWorkspaces];

    public static async Task<FakeCoder> StartAsync(FakeCoderOptions? options = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        FakeCoder coder = new(app, options ?? new FakeCoderOptions());
        app.Run(coder.HandleAsync);
        await app.StartAsync();
        coder.Address = new Uri(app.Urls.First());
        coder.State.Address = coder.Address;
        return coder;
    }

    public void ClearJournal()
    {
        _journal.Clear();
        _inWorkspaces.Clear();
    }

    /// <summary>Changes the version, as an upgrade does.</summary>
    public void Upgrade(string version)
    {
        Options = Options with { Version = version };
        State.Options = Options;
    }

    /// <summary>Starts or ends the real delay before each answer.</summary>
    public void SetLatency(TimeSpan latency) => _latency = latency;

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new(TimeSpan.FromSeconds(2));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        JournalEntry entry = await WriteDownAsync(context.Request);
        _journal.Enqueue(entry);
        if (_latency > TimeSpan.Zero)
        {
            await Task.Delay(_latency, context.RequestAborted);
        }

        context.Response.Headers["X-Coder-Build-Version"] = State.BuildVersion;
        context.Response.Headers["X-Coder-Request-Id"] = "00000000-0000-4000-8000-0000feedbeef";
        try
        {
            if (!await SpoilAsync(context, entry))
            {
                await AnswerAsync(context, entry);
            }
        }
        catch (FakeRefusalException refusal)
        {
            await refusal.WriteAsync(context.Response);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller left.
        }

        entry.Status = context.Response.StatusCode;
    }

    private Task AnswerAsync(HttpContext context, JournalEntry entry) =>
        _proxy.Finds(context.Request) ? _proxy.HandleAsync(context, entry) : _api.HandleAsync(context, entry);

    private async Task<bool> SpoilAsync(HttpContext context, JournalEntry entry)
    {
        if (Faults.FirstOrDefault(fault => fault.TryTake(entry.Method, entry.Path)) is not { } fault)
        {
            return false;
        }

        fault.Before?.Invoke();
        if (fault.PassOn)
        {
            return false;
        }

        if (fault.Hang)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }

        if (fault.Drop)
        {
            context.Abort();
            return true;
        }

        context.Response.StatusCode = fault.Status;
        foreach ((string name, string value) in fault.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.ContentType = fault.ContentType;
        await context.Response.WriteAsync(fault.Body);
        return true;
    }

    private static async Task<JournalEntry> WriteDownAsync(HttpRequest request)
    {
        using StreamReader reader = new(request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync();
        Dictionary<string, string> headers = request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        return new JournalEntry(request.Method, request.Host.Host, request.Path.Value ?? "", request.QueryString.Value ?? "", headers, body);
    }
}
