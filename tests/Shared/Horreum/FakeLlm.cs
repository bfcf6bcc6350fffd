using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shared.Horreum;

/// <summary>
/// An LLM on a loopback port that speaks as OpenAI, Azure, Anthropic or Gemini, by the path it is called at. It refuses a wrong key,
/// says its turns in order (the last one again and again), notes every request, and fails on demand.
/// </summary>
public sealed class FakeLlm : IAsyncDisposable
{
    public const string Key = "sk-test-0123456789";
    private readonly ConcurrentQueue<FakeRequest> _journal = new();
    private readonly WebApplication _app;
    private FakeLlmTurn[] _turns = [];
    private int _next;

    private FakeLlm(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public IReadOnlyList<FakeRequest> Journal => [.. _journal];

    /// <summary>What goes wrong instead of a turn.</summary>
    public FakeFault? Fault { get; set; }

    public static async Task<FakeLlm> StartAsync(params FakeLlmTurn[] turns)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        FakeLlm fake = new(app) { _turns = turns };
        app.Run(fake.HandleAsync);
        await app.StartAsync();
        return fake;
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource hurry = new(TimeSpan.FromSeconds(1));
        await _app.StopAsync(hurry.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        Dictionary<string, string> headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _journal.Enqueue(new FakeRequest(context.Request.Method, context.Request.Path.Value!, context.Request.QueryString.Value ?? "", headers, body));
        if (Fault is { } fault)
        {
            await FailAsync(context, fault);
            return;
        }

        string path = context.Request.Path.Value!;
        string given = path.EndsWith("/messages", StringComparison.Ordinal) ? headers.GetValueOrDefault("x-api-key", "")
            : path.Contains(":generateContent", StringComparison.Ordinal) ? headers.GetValueOrDefault("x-goog-api-key", "")
            : path.Contains("/deployments/", StringComparison.Ordinal) ? headers.GetValueOrDefault("api-key", "")
            : headers.GetValueOrDefault("Authorization", "").Replace("Bearer ", "", StringComparison.Ordinal);
        if (given != Key)
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync($"Incorrect API key provided: {given}");
            return;
        }

        FakeLlmTurn turn = _turns[Math.Min(Interlocked.Increment(ref _next) - 1, _turns.Length - 1)];
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(FakeLlmSpeech.Say(path, turn).ToJsonString());
    }

    private static async Task FailAsync(HttpContext context, FakeFault fault)
    {
        if (fault.Hang)
        {
            TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using CancellationTokenRegistration _ = context.RequestAborted.Register(() => gone.TrySetResult());
            await gone.Task;
            return;
        }

        context.Response.StatusCode = fault.Status == 0 ? 200 : fault.Status;
        context.Response.ContentType = fault.ContentType;
        if (fault.RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = fault.RetryAfter;
        }

        await context.Response.WriteAsync(fault.Body);
    }
}
