using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Hosting.Tests;

/// <summary>Streams that have nothing to say.</summary>
public sealed class KeepAliveTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(TestHost.Handshake)]
    [InlineData(TestHost.PerRequest)]
    public async Task Post_LongCall_ShowsThatItIsAliveAndThenAnswers(string version)
    {
        FakeTimeProvider clock = new();
        await using TestHost host = await StartAsync(clock);
        using HttpRequestMessage request = version == TestHost.PerRequest
            ? Rpc.PostCall("wait")
            : Rpc.Post(Rpc.Call("wait"), session: await host.Http.OpenAsync());
        Task<HttpResponseMessage> call = host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await host.Gate.Entered.Task.WaitAsync(TestHost.Patience);

        clock.Advance(Interval);

        using HttpResponseMessage response = await call.WaitAsync(TestHost.Patience);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync().WaitAsync(TestHost.Patience)).Should().Be(":");
        host.Gate.Opened.TrySetResult();
        (await reader.ReadToEndAsync().WaitAsync(TestHost.Patience)).Should().Contain("through");
    }

    [Fact]
    public async Task Get_NothingToSay_ShowsThatItIsAlive()
    {
        FakeTimeProvider clock = new();
        await using TestHost host = await StartAsync(clock);
        string session = await host.Http.OpenAsync();
        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Get(session), HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());

        for (int beat = 0; beat < 3; beat++)
        {
            clock.Advance(Interval);
            (await reader.ReadLineAsync().WaitAsync(TestHost.Patience)).Should().Be(":");
        }
    }

    [Fact]
    public async Task Post_LongCallOfAClientThatPrefersJson_StaysSilentAndAnswersInJson()
    {
        FakeTimeProvider clock = new();
        await using TestHost host = await StartAsync(clock);
        Task<HttpResponseMessage> call = host.Http.SendAsync(Rpc.PostCall("wait", accept: "application/json"));
        await host.Gate.Entered.Task.WaitAsync(TestHost.Patience);

        clock.Advance(Interval);
        host.Gate.Opened.TrySetResult();

        using HttpResponseMessage response = await call.WaitAsync(TestHost.Patience);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        (await response.TextAsync()).Should().Be("through");
    }

    private static Task<TestHost> StartAsync(FakeTimeProvider clock) =>
        TestHost.StartAsync(options => options.KeepAliveInterval = Interval, builder => builder.Services.AddSingleton<TimeProvider>(clock));
}
