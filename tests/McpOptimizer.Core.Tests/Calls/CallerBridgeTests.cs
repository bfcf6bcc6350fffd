using System.Text.Json;
using Hosting;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Tests.Backends;
using McpOptimizer.Core.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Shared.Backends;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Calls;

/// <summary>A real client, a real host with <c>call_tool</c>, a real backend; in both eras of the protocol.</summary>
public sealed class CallerBridgeTests
{
    private const string Handshake = "2025-11-25";
    private const string PerRequest = "2026-07-28";

    [Theory]
    [InlineData(Handshake)]
    [InlineData(PerRequest)]
    public async Task CallTool_BackendAsks_TheClientAnswers(string version)
    {
        await using Chain chain = await Chain.StartAsync();
        await using McpClient client = await chain.ConnectAsync(version, answer: "Ada");

        CallToolResult result = await client.CallToolAsync("call_tool", Call("ask"));

        Text(result).Should().Be("""{"action":"accept","content":{"name":"Ada"}}""");
        chain.Stub.Server.Calls("ask").Should().Be(1, "the call waits for the answer and is not made again");
    }

    [Theory]
    [InlineData(Handshake)]
    [InlineData(PerRequest)]
    public async Task CallTool_BackendAsksAClientThatCannotAnswer_IsRefused(string version)
    {
        await using Chain chain = await Chain.StartAsync();
        await using McpClient client = await chain.ConnectAsync(version);

        CallToolResult result = await client.CallToolAsync("call_tool", Call("ask"));

        Text(result).Should().Contain("no caller can be asked");
    }

    [Theory]
    [InlineData(Handshake)]
    [InlineData(PerRequest)]
    public async Task CallTool_Progress_ReachesTheClient(string version)
    {
        await using Chain chain = await Chain.StartAsync();
        await using McpClient client = await chain.ConnectAsync(version);
        int seen = 0;

        // For the whole session: the SDK stops listening for a call as soon as its result is there.
        await using IAsyncDisposable listening = client.RegisterNotificationHandler(NotificationMethods.ProgressNotification, (_, _) =>
        {
            Interlocked.Increment(ref seen);
            return ValueTask.CompletedTask;
        });

        await client.CallToolAsync("call_tool", Call("progress", """{"steps":5}"""), new Progress<ProgressNotificationValue>());

        await Eventually.IsAsync(() => seen == 5);
    }

    [Theory]
    [InlineData(Handshake)]
    [InlineData(PerRequest)]
    public async Task CallTool_ClientCancels_ReachesTheBackend(string version)
    {
        await using Chain chain = await Chain.StartAsync();
        McpClient client = await chain.ConnectAsync(version);
        using CancellationTokenSource cancel = new();

        Task call = client.CallToolAsync("call_tool", Call("hang"), cancellationToken: cancel.Token).AsTask();
        await Eventually.IsAsync(() => chain.Stub.Server.Calls("hang") == 1);
        await cancel.CancelAsync();
        await call.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();

        // The SDK's client says nothing when it cancels over streamable HTTP in the handshake era; closing the session does.
        await client.DisposeAsync();
        await Eventually.IsAsync(() => chain.Stub.Server.Journal.Any(line => line.StartsWith("cancelled hang", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task CallTool_ContentOfUnknownKind_ArrivesAsTextAndTheRestUnchanged()
    {
        await using Chain chain = await Chain.StartAsync();
        await using McpClient client = await chain.ConnectAsync(PerRequest);

        CallToolResult result = await client.CallToolAsync("call_tool", Call("odd"));

        Text(result).Should().Be("""{"type":"hologram","depth":3,"extra":null}""");
        result.StructuredContent!.Value.GetRawText().Should().Be("""{"nothing":null,"deep":[1,2]}""");
        result.Meta!["trace"]!.GetValue<string>().Should().Be("abc");
    }

    [Fact]
    public async Task Backend_OfThePerRequestEra_AsksTheCaller()
    {
        await using WebApplication backend = await StartAsync(new AskingTool());
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = BackendFixture.Http(new Uri(new Uri(backend.Urls.First()), "/mcp"));

        BackendCallResult result = await fixture.Backends.CallAsync(endpoint, "asking", context: StdioBackendTests.Asked("Ada", "s"));
        BackendException refused = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "asking")).Should().ThrowAsync<BackendException>()).Which;

        result.Text().Should().Be("accept Ada");
        refused.Message.Should().Contain("which this caller cannot do");
        fixture.Backends.Status.Single().ProtocolVersion.Should().Be(PerRequest);
    }

    private static async Task<WebApplication> StartAsync(McpServerTool tool)
    {
        McpHostOptions options = new() { Name = "test", Version = "1.0", Urls = ["http://127.0.0.1:0"], DrainTimeout = TimeSpan.FromSeconds(1) };
        WebApplication app = (WebApplication)McpHost.Build(options, [], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddMcpServer().WithTools([tool]);
        });
        await app.StartAsync();
        return app;
    }

    private static Dictionary<string, object?> Call(string tool, string arguments = "{}") => new()
    {
        ["server_name"] = "web",
        ["tool_name"] = tool,
        ["parameters"] = JsonElement.Parse(arguments),
    };

    private static string Text(CallToolResult result) => result.Content.OfType<TextContentBlock>().First().Text;

    private sealed class AskingTool : McpServerTool
    {
        public override Tool ProtocolTool { get; } = new() { Name = "asking", InputSchema = JsonElement.Parse("""{"type":"object"}""") };

        public override IReadOnlyList<object> Metadata => [];

        public override ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
        {
            if (request.Params.InputResponses is not { } answers)
            {
                ElicitRequestParams question = new() { Message = "Your name?", RequestedSchema = new() };
                throw new InputRequiredException(new Dictionary<string, InputRequest> { ["name"] = InputRequest.ForElicitation(question) }, "round 1");
            }

            request.Params.RequestState.Should().Be("round 1");
            ElicitResult answer = answers["name"].Deserialize(InputResponse.ElicitResultJsonTypeInfo)!;
            return ValueTask.FromResult(new CallToolResult { Content = [new TextContentBlock { Text = $"{answer.Action} {answer.Content!["name"]}" }] });
        }
    }

    private sealed class Chain(StubHttpBackend stub, BackendFixture fixture, WebApplication host) : IAsyncDisposable
    {
        public StubHttpBackend Stub => stub;

        public static async Task<Chain> StartAsync()
        {
            StubHttpBackend stub = await StubHttpBackend.StartAsync();
            BackendFixture fixture = new(more: services => services.AddSingleton<ICallTargetResolver>(new StubTargets(BackendFixture.Http(stub.Url))));
            OptimizerMcpTool tool = new(CallTools.Call(fixture.Get<IToolCallService>(), new EverythingVisible()), new AnonymousCallerAccessor());
            return new Chain(stub, fixture, await CallerBridgeTests.StartAsync(tool));
        }

        public Task<McpClient> ConnectAsync(string version, string? answer = null)
        {
            McpClientOptions options = new() { ProtocolVersion = version };
            if (answer is not null)
            {
                options.Handlers.ElicitationHandler = (_, _) =>
                    ValueTask.FromResult(new ElicitResult { Action = "accept", Content = new Dictionary<string, JsonElement> { ["name"] = JsonElement.Parse($"\"{answer}\"") } });
            }

            return McpClient.CreateAsync(
                new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(new Uri(host.Urls.First()), "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }), options);
        }

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            await fixture.DisposeAsync();
            await stub.DisposeAsync();
        }
    }

    private sealed class EverythingVisible : IVisibilityService
    {
        public VisibilityScope ScopeOf(CallerIdentity caller) => VisibilityScope.Everything;

        public bool MayInstall(CallerIdentity caller) => false;

        public bool IsProfile(string name) => false;
    }
}
