using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shared.Horreum;

/// <summary>
/// A Horreum on a loopback port that keeps tests, runs, datasets and schemas in memory, behaves like the real one where that is odd
/// (pages from 0 or 1, totals that ignore filters, plain-text errors), notes every request, and fails on demand.
/// </summary>
public sealed class FakeHorreum : IAsyncDisposable
{
    private readonly ConcurrentQueue<FakeRequest> _journal = new();
    private readonly List<(FakeFault Fault, int Left)> _faults = [];
    private readonly ConcurrentDictionary<string, (int Status, string? Type, byte[] Body)> _kept = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly WebApplication _app;

    private FakeHorreum(WebApplication app, FakeState state)
    {
        _app = app;
        State = state;
    }

    /// <summary>What it keeps; may be changed while it runs.</summary>
    public FakeState State { get; }

    /// <summary>Whether the answer to a path and query is made once and kept, for loads that shall not measure the fake.</summary>
    public bool KeepAnswers { get; set; }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>The requests so far, without those to <c>/api/config</c>.</summary>
    public IReadOnlyList<FakeRequest> Journal => [.. _journal.Where(request => !request.Path.StartsWith("/api/config", StringComparison.Ordinal))];

    /// <summary>Starts one.</summary>
    /// <param name="journal">Whether requests are noted; not under load.</param>
    /// <param name="url">Where to listen.</param>
    public static async Task<FakeHorreum> StartAsync(bool journal = true, string url = "http://127.0.0.1:0")
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        FakeHorreum fake = new(app, new FakeState());
        FakeEndpoints endpoints = new(fake.State);
        app.Run(context => fake.HandleAsync(context, endpoints, journal));
        await app.StartAsync();
        return fake;
    }

    /// <summary>Makes requests fail, in the order in which faults were added.</summary>
    public void Fail(FakeFault fault)
    {
        lock (_lock)
        {
            _faults.Add((fault, fault.Times));
        }
    }

    /// <summary>Makes requests succeed again.</summary>
    public void Heal()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    /// <summary>Forgets the requests so far.</summary>
    public void ClearJournal() => _journal.Clear();

    public async ValueTask DisposeAsync()
    {
        Heal();
        using CancellationTokenSource hurry = new(TimeSpan.FromSeconds(1));
        await _app.StopAsync(hurry.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context, FakeEndpoints endpoints, bool journal)
    {
        if (journal)
        {
            using StreamReader reader = new(context.Request.Body);
            string body = await reader.ReadToEndAsync();
            Dictionary<string, string> headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            _journal.Enqueue(new FakeRequest(
                context.Request.Method, context.Request.Path.Value!, Uri.UnescapeDataString(context.Request.QueryString.Value ?? ""), headers, body));
            context.Items["body"] = body;
        }

        if (Next(context.Request.Path.Value!) is { } fault)
        {
            await FailAsync(context, fault);
            return;
        }

        if (KeepAnswers && HttpMethods.IsGet(context.Request.Method))
        {
            await AnswerFromMemoryAsync(context, endpoints);
            return;
        }

        await endpoints.HandleAsync(context);
    }

    private async Task AnswerFromMemoryAsync(HttpContext context, FakeEndpoints endpoints)
    {
        string key = context.Request.Path + context.Request.QueryString.Value;
        if (!_kept.TryGetValue(key, out (int Status, string? Type, byte[] Body) kept))
        {
            Stream body = context.Response.Body;
            using MemoryStream copy = new();
            context.Response.Body = copy;
            await endpoints.HandleAsync(context);
            context.Response.Body = body;
            kept = (context.Response.StatusCode, context.Response.ContentType, copy.ToArray());
            _kept[key] = kept;
        }

        context.Response.StatusCode = kept.Status;
        context.Response.ContentType = kept.Type;
        context.Response.ContentLength = kept.Body.Length;
        await context.Response.Body.WriteAsync(kept.Body);
    }

    private FakeFault? Next(string path)
    {
        lock (_lock)
        {
            int index = _faults.FindIndex(entry => entry.Left > 0 && path.Contains(entry.Fault.Path, StringComparison.Ordinal));
            if (index < 0)
            {
                return null;
            }

            (FakeFault fault, int left) = _faults[index];
            _faults[index] = (fault, left == int.MaxValue ? left : left - 1);
            return fault;
        }
    }

    private static async Task FailAsync(HttpContext context, FakeFault fault)
    {
        if (fault.Reset)
        {
            context.Abort();
            return;
        }

        if (fault.Hang)
        {
            await WaitForClientAsync(context);
            return;
        }

        context.Response.StatusCode = fault.Status == 0 ? 200 : fault.Status;
        context.Response.ContentType = fault.ContentType;
        if (fault.RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = fault.RetryAfter;
        }

        if (fault.Truncate || fault.Stall)
        {
            context.Response.ContentLength = fault.Body.Length + 1000;
            await context.Response.WriteAsync(fault.Body);
            await context.Response.Body.FlushAsync();
            if (fault.Stall)
            {
                await WaitForClientAsync(context);
            }

            context.Abort();
            return;
        }

        await context.Response.WriteAsync(fault.Body);
    }

    private static async Task WaitForClientAsync(HttpContext context)
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration _ = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
