using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Shared.Testing;

namespace Hosting.Tests;

/// <summary>A real client against a real host, in both eras.</summary>
public sealed class ClientTests
{
    public static TheoryData<string> Versions => ["2024-11-05", "2025-03-26", "2025-06-18", TestHost.Handshake, TestHost.PerRequest];

    public static TheoryData<string> Eras => [TestHost.Handshake, TestHost.PerRequest];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task CallTool_EachProtocolVersion_ReturnsTheAnswer(string version)
    {
        await using TestHost host = await TestHost.StartAsync(options => options.Instructions = "Be kind.");
        await using McpClient client = await host.ConnectAsync(version);

        CallToolResult result = await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = "hello" });

        client.NegotiatedProtocolVersion.Should().Be(version);
        client.ServerInfo!.Name.Should().Be("test");
        client.ServerInfo.Version.Should().Be("1.2.3");
        client.ServerInstructions.Should().Be("Be kind.");
        Text(result).Should().Be("hello");
        (await client.ListToolsAsync()).Select(tool => tool.Name).Should().BeEquivalentTo("echo", "who", "count", "wait", "ask");
    }

    [Theory]
    [MemberData(nameof(Eras))]
    public async Task CallTool_ToolReportsProgress_ClientSeesEveryStep(string version)
    {
        await using TestHost host = await TestHost.StartAsync();
        await using McpClient client = await host.ConnectAsync(version);
        ConcurrentQueue<double> steps = new();
        TaskCompletionSource last = new(TaskCreationOptions.RunContinuationsAsynchronously);

        Task<CallToolResult> call = client.CallToolAsync("count", new Dictionary<string, object?> { ["steps"] = 5 }, new Recorder(value =>
        {
            steps.Enqueue(value.Progress);
            if (steps.Count == 5)
            {
                last.TrySetResult();
            }
        })).AsTask();
        await last.Task.WaitAsync(TestHost.Patience);
        host.Gate.Opened.TrySetResult();

        Text(await call).Should().Be("5");
        steps.Should().BeEquivalentTo([1, 2, 3, 4, 5], "the client handles notifications side by side, in no order");
    }

    [Fact]
    public async Task CallTool_CallerCancelsInThePerRequestEra_ToolIsCancelled()
    {
        await using TestHost host = await TestHost.StartAsync();
        await using McpClient client = await host.ConnectAsync(TestHost.PerRequest);
        using CancellationTokenSource cancel = new();

        Task call = client.CallToolAsync("wait", cancellationToken: cancel.Token).AsTask();
        await host.Gate.Entered.Task.WaitAsync(TestHost.Patience);
        await cancel.CancelAsync();

        await call.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        await host.Gate.Cancelled.Task.WaitAsync(TestHost.Patience);
    }

    [Theory]
    [MemberData(nameof(Eras))]
    public async Task CallTool_ManyClientsAtOnce_EachGetsItsOwnAnswers(string version)
    {
        const int Clients = 24;
        const int Calls = 20;
        await using TestHost host = await TestHost.StartAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, Clients), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (number, cancellationToken) =>
        {
            await using McpClient client = await host.ConnectAsync(version);
            await Task.WhenAll(Enumerable.Range(0, Calls).Select(async call =>
            {
                string text = $"{number}-{call}";
                Dictionary<string, object?> arguments = new() { ["text"] = text };
                CallToolResult result = await client.CallToolAsync("echo", arguments, cancellationToken: cancellationToken);
                Text(result).Should().Be(text);
            }));
        });
    }

    [Fact]
    public async Task AddTool_WhileRunning_ListenersAreToldAndBothErasOfferIt()
    {
        await using TestHost host = await TestHost.StartAsync();
        await using McpClient session = await host.ConnectAsync(TestHost.Handshake);
        await using McpClient stateless = await host.ConnectAsync(TestHost.PerRequest);
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using IAsyncDisposable listening = session.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            told.TrySetResult();
            return ValueTask.CompletedTask;
        });
        McpServerPrimitiveCollection<McpServerTool> tools = host.App.Services.GetRequiredService<IOptions<McpServerOptions>>().Value.ToolCollection!;

        // The client opens its stream in its own time, and what is said before that is lost: so say it until it is heard.
        await Eventually.IsAsync(
            () =>
            {
                tools.Add(McpServerTool.Create(() => "late", new() { Name = $"late{tools.Count}" }));
                return Task.FromResult(told.Task.IsCompleted);
            },
            "the session is told");

        (await session.ListToolsAsync()).Should().Contain(tool => tool.Name == "late5");
        Text(await stateless.CallToolAsync("late5")).Should().Be("late");
    }

    [Fact]
    public async Task CallTool_ToolAsksTheUser_ClientAnswersDuringTheCall()
    {
        await using TestHost host = await TestHost.StartAsync();
        McpClientOptions options = new()
        {
            Handlers = new McpClientHandlers { ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult { Action = "decline" }) },
        };
        await using McpClient client = await host.ConnectAsync(TestHost.Handshake, options: options);

        CallToolResult result = await client.CallToolAsync("ask");

        Text(result).Should().Be("decline");
    }

    [Theory]
    [MemberData(nameof(Eras))]
    public async Task CallTool_ProfileInThePath_ToolSeesProfileAndSubject(string version)
    {
        await using TestHost host = await TestHost.StartAsync(options =>
        {
            options.AcceptProfiles = true;
            options.DefaultProfile = "standard";
            options.BearerTokens["anna"] = "token-of-anna";
        });
        await using McpClient plain = await host.ConnectAsync(version, "/mcp", "token-of-anna");
        await using McpClient special = await host.ConnectAsync(version, "/mcp/special", "token-of-anna");

        Text(await plain.CallToolAsync("who")).Should().Be("standard/anna");
        Text(await special.CallToolAsync("who")).Should().Be("special/anna");
    }

    private static string Text(CallToolResult result) => result.Content.OfType<TextContentBlock>().Single().Text;

    /// <summary>Unlike <see cref="Progress{T}"/>, reports on the spot.</summary>
    private sealed class Recorder(Action<ProgressNotificationValue> record) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => record(value);
    }
}
