using System.Net;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Hosting.Tests;

/// <summary>What becomes of running work when the host stops.</summary>
public sealed class DrainTests
{
    [Theory]
    [InlineData(TestHost.Handshake)]
    [InlineData(TestHost.PerRequest)]
    public async Task Stop_CallRunning_CallFinishes(string version)
    {
        await using TestHost host = await TestHost.StartAsync();
        McpClient client = await host.ConnectAsync(version);
        Task<CallToolResult> call = client.CallToolAsync("wait").AsTask();
        await host.Gate.Entered.Task.WaitAsync(TestHost.Patience);

        Task stop = host.App.StopAsync();
        stop.IsCompleted.Should().BeFalse();
        host.Gate.Opened.TrySetResult();

        CallToolResult result = await call.WaitAsync(TestHost.Patience);
        result.Content.OfType<TextContentBlock>().Single().Text.Should().Be("through");
        await stop.WaitAsync(TestHost.Patience);
    }

    [Theory]
    [InlineData(TestHost.Handshake)]
    [InlineData(TestHost.PerRequest)]
    public async Task Stop_DrainTimeIsOver_CallIsCancelled(string version)
    {
        await using TestHost host = await TestHost.StartAsync(options => options.DrainTimeout = TimeSpan.FromMilliseconds(100));
        McpClient client = await host.ConnectAsync(version);
        Task<CallToolResult> call = client.CallToolAsync("wait").AsTask();
        await host.Gate.Entered.Task.WaitAsync(TestHost.Patience);

        await host.App.StopAsync().WaitAsync(TestHost.Patience);

        await host.Gate.Cancelled.Task.WaitAsync(TestHost.Patience);
        await call.Invoking(task => task).Should().ThrowAsync<Exception>();
    }

    [Fact]
    public async Task Stop_StreamsOpen_StreamsEndAtOnce()
    {
        await using TestHost host = await TestHost.StartAsync();
        string session = await host.Http.OpenAsync();
        using HttpResponseMessage listening = await host.Http.SendAsync(Rpc.Get(session), HttpCompletionOption.ResponseHeadersRead);
        using HttpRequestMessage subscribe = Rpc.Post(
            Rpc.Request("subscriptions/listen", $$""" "notifications":{"toolsListChanged":true},{{Rpc.Meta}} """), version: TestHost.PerRequest);
        subscribe.Headers.Add("Mcp-Method", "subscriptions/listen");
        using HttpResponseMessage subscribed = await host.Http.SendAsync(subscribe, HttpCompletionOption.ResponseHeadersRead);
        subscribed.StatusCode.Should().Be(HttpStatusCode.OK);

        // The drain timeout is the patience of the tests: a stream that stayed open would make this run into it.
        await host.App.StopAsync().WaitAsync(TestHost.Patience / 2);

        (await listening.Content.ReadAsStringAsync()).Should().BeEmpty();
        (await subscribed.Content.ReadAsStringAsync()).Should().Contain("notifications/subscriptions/acknowledged");
    }
}
