using System.Net;
using System.Text;
using Hosting.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared.Testing;

namespace Hosting.Tests;

/// <summary>Server-sent events of a host's own routes.</summary>
public sealed class LiveEventsTests
{
    private readonly TaskCompletionSource _go = new();
    private int _ended;

    [Fact]
    public async Task Stream_Events_ArriveAsTheyAreTold()
    {
        await using TestHost host = await StartAsync();
        using HttpResponseMessage response = await OpenAsync(host);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());

        response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        (await reader.ReadLineAsync()).Should().Be("event: first");
        (await reader.ReadLineAsync()).Should().Be("data: {}");
        (await reader.ReadLineAsync()).Should().BeEmpty();
        _go.SetResult();
        (await reader.ReadLineAsync()).Should().Be("event: second");
    }

    [Fact]
    public async Task Stream_MoreThanMayBe_IsRefusedUntilOneHasEnded()
    {
        await using TestHost host = await StartAsync(options => options.MaxListeners = 2);
        using (HttpResponseMessage first = await OpenAsync(host))
        {
            using HttpResponseMessage second = await OpenAsync(host);

            first.StatusCode.Should().Be(HttpStatusCode.OK);
            second.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, "one caller has half of the places");
            (await second.Content.ReadAsStringAsync()).Should().Contain("as many listeners as it may have");
        }

        await Eventually.IsAsync(
            async () =>
            {
                using HttpResponseMessage later = await OpenAsync(host);
                return later.StatusCode == HttpStatusCode.OK;
            },
            "the place of the client that left");
        _ended.Should().BeGreaterThan(0, "what made its events is told that it left");
    }

    [Fact]
    public async Task Stream_SilentOne_ShowsThatItIsAlive()
    {
        FakeTimeProvider clock = new();
        await using TestHost host = await StartAsync(options => options.KeepAliveInterval = TimeSpan.FromSeconds(10), clock);
        using HttpResponseMessage response = await OpenAsync(host);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is not "")
        {
            // The first event.
        }

        clock.Advance(TimeSpan.FromSeconds(10));

        (await reader.ReadLineAsync().WaitAsync(TestHost.Patience)).Should().Be(":");
    }

    [Fact]
    public async Task Stop_StreamOpen_IsNotHeldUp()
    {
        await using TestHost host = await StartAsync();
        using HttpResponseMessage response = await OpenAsync(host);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync()).Should().Be("event: first");

        await host.App.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));

        (await reader.ReadToEndAsync().WaitAsync(TestHost.Patience)).Should().EndWith("data: {}\n\n");
    }

    private Task<TestHost> StartAsync(Action<McpHostOptions>? set = null, TimeProvider? clock = null) => TestHost.StartAsync(
        set, builder => builder.Services.AddSingleton(clock ?? TimeProvider.System), app => app.MapGet("/events", (RequestDelegate)(context => LiveEvents.ServeAsync(context, Events))));

    private async IAsyncEnumerable<LiveEvent> Events([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            yield return new LiveEvent("first", Encoding.UTF8.GetBytes("{}"));
            await _go.Task.WaitAsync(cancellationToken);
            yield return new LiveEvent("second", Encoding.UTF8.GetBytes("{}"));
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        finally
        {
            Interlocked.Increment(ref _ended);
        }
    }

    private static Task<HttpResponseMessage> OpenAsync(TestHost host) => host.Http.GetAsync(new Uri("/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
}
