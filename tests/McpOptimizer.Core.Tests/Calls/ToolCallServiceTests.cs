using System.Diagnostics;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Tests.Backends;
using Microsoft.Extensions.DependencyInjection;
using Shared.Backends;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Calls;

public sealed class ToolCallServiceTests
{
    [Theory]
    [InlineData("""{"text":"hi"}""")]
    [InlineData("\"{\\\"text\\\":\\\"hi\\\"}\"")]
    public async Task CallAsync_ArgumentsAsObjectOrJsonString_ReachTheTool(string arguments)
    {
        await using Setup setup = await Setup.StartAsync();

        ToolCallOutcome outcome = await setup.CallAsync("echo", arguments);

        outcome.Status.Should().Be(ToolCallStatus.Succeeded);
        Text(outcome).Should().Be("hi");
        outcome.Result["content"]!.AsArray().Should().ContainSingle();
    }

    [Theory]
    [InlineData("""{"tool_name":"echo","server_name":"web","text":"hi"}""")]
    [InlineData("""{"tool_name":"echo","server_name":"web","parameters":{"text":"hi"}}""")]
    [InlineData("""{"tool_name":"echo","arguments":"{\"text\":\"hi\"}"}""")]
    public async Task CallAsync_NamesInsideTheArguments_AreFound(string arguments)
    {
        await using Setup setup = await Setup.StartAsync();

        ToolCallOutcome outcome = await setup.Calls.CallAsync(new ToolCallRequest { Arguments = JsonElement.Parse(arguments) }, VisibilityScope.Everything, CallContext.None);

        Text(outcome).Should().Be("hi");
    }

    [Fact]
    public async Task CallAsync_ToolNameGivenOutside_LeavesAnArgumentOfThatNameAlone()
    {
        await using Setup setup = await Setup.StartAsync();

        ToolCallOutcome outcome = await setup.CallAsync("echo", """{"tool_name":"other","text":"mine"}""");

        Text(outcome).Should().Be("mine");
    }

    [Theory]
    [InlineData("[1]", "must be an object with the tool's arguments; it is an array")]
    [InlineData("\"{oops\"", "is a string that is not JSON")]
    [InlineData("\"[1]\"", "it is an array")]
    public async Task CallAsync_ArgumentsThatAreNoObject_AreRefusedWithReason(string arguments, string reason)
    {
        await using Setup setup = await Setup.StartAsync();

        ToolCallOutcome outcome = await setup.CallAsync("echo", arguments);

        outcome.Status.Should().Be(ToolCallStatus.InvalidArguments);
        Text(outcome).Should().Contain(reason);
        outcome.Result["isError"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public async Task CallAsync_NoToolName_SaysWhatCame()
    {
        await using Setup setup = await Setup.StartAsync();

        ToolCallOutcome outcome = await setup.Calls.CallAsync(
            new ToolCallRequest { Arguments = JsonElement.Parse("""{"a":1,"b":2}""") }, VisibilityScope.Everything, CallContext.None);

        Text(outcome).Should().Be("'tool_name' is missing. Received in 'parameters': a, b.");
    }

    [Fact]
    public async Task CallAsync_HiddenTool_IsNotFoundAndNotCalled()
    {
        await using Setup setup = await Setup.StartAsync();

        ToolCallOutcome outcome = await setup.Calls.CallAsync(
            new ToolCallRequest { ServerName = "web", ToolName = "echo" }, new VisibilityScope { AllowsServer = _ => false }, CallContext.None);

        outcome.Status.Should().Be(ToolCallStatus.NotFound);
        setup.Stub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task CallAsync_ArgumentsThatDoNotFit_AreAnsweredWithTheSchemaWithoutTheBackend()
    {
        await using Setup setup = await Setup.StartAsync();
        setup.Targets.Schema = """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}""";

        ToolCallOutcome outcome = await setup.CallAsync("echo", """{"txt":1}""");

        outcome.Status.Should().Be(ToolCallStatus.InvalidArguments);
        Text(outcome).Should().Be(
            $"The arguments do not fit 'echo' of 'web', which was not called: 'text' is missing.\nThe tool's input schema: {setup.Targets.Schema}");
        setup.Stub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task CallAsync_ValidationOff_LetsTheBackendJudge()
    {
        await using Setup setup = await Setup.StartAsync(options => options.Responses.ValidateArguments = false);
        setup.Targets.Schema = """{"required":["missing"]}""";

        (await setup.CallAsync("echo")).Status.Should().Be(ToolCallStatus.Succeeded);
    }

    [Fact]
    public async Task CallAsync_BackendDown_IsAnErrorResultForTheCaller()
    {
        await using Setup setup = await Setup.StartAsync(options => options.Backends.RetryAttempts = 0);
        await setup.Stub.DisposeAsync();

        ToolCallOutcome outcome = await setup.CallAsync("echo");

        outcome.Status.Should().Be(ToolCallStatus.BackendFailed);
        outcome.Failure.Should().Be(BackendFailure.Unreachable);
        Text(outcome).Should().StartWith("Server 'web' cannot be reached");
    }

    [Fact]
    public async Task CallAsync_ToolFails_ResultComesBackUnchanged()
    {
        await using Setup setup = await Setup.StartAsync();

        ToolCallOutcome outcome = await setup.CallAsync("fail");

        outcome.Status.Should().Be(ToolCallStatus.ToolFailed);
        outcome.Result.ToJsonString().Should().Be("""{"content":[{"type":"text","text":"no luck"}],"isError":true}""");
    }

    [Fact]
    public async Task CallAsync_ResultOverTheLimit_IsCutWithNoticeAndCanBeReadToTheEnd()
    {
        await using Setup setup = await Setup.StartAsync(options =>
        {
            options.Responses.MaxTokens = 200;
            options.Responses.PageCharacters = 3_000;
        });
        CallContext mine = new() { SessionId = "mine" };

        ToolCallOutcome outcome = await setup.CallAsync("flood", """{"bytes":10000}""", mine);

        outcome.ResultHandle.Should().NotBeNull();
        Text(outcome).Should().Be(
            $"[Cut to fit: about 2500 tokens, 200 allowed (Responses.MaxTokens). Left out: block 0 from character 400 of 10000. Read the rest with read_result, handle \"{outcome.ResultHandle}\".]");
        outcome.Result["content"]![1]!["text"]!.GetValue<string>().Should().Be(new string('x', 400));
        string whole = "";
        for (int? offset = 0; offset is not null;)
        {
            StoredResultPage page = setup.Calls.ReadResult(new StoredResultQuery { Handle = outcome.ResultHandle!, Offset = offset }, mine);
            page.TotalLength.Should().Be(10_000);
            whole += page.Text;
            offset = page.NextOffset;
        }

        whole.Should().Be(new string('x', 10_000));
        setup.Calls.ReadResult(new StoredResultQuery { Handle = outcome.ResultHandle!, Page = 4 }, mine).Text.Should().HaveLength(1_000);
    }

    [Fact]
    public async Task ReadResult_OtherSessionUnknownHandleOrPart_IsRefused()
    {
        await using Setup setup = await Setup.StartAsync(options => options.Responses.MaxTokens = 200);
        CallContext mine = new() { SessionId = "mine" };
        string handle = (await setup.CallAsync("flood", """{"bytes":10000}""", mine)).ResultHandle!;

        Refused(new StoredResultQuery { Handle = handle }, new CallContext { SessionId = "other" }).Should().Contain("no result");
        Refused(new StoredResultQuery { Handle = handle }, CallContext.None).Should().Contain("no result");
        Refused(new StoredResultQuery { Handle = "r-1" }, mine).Should().Contain("no result 'r-1'");
        Refused(new StoredResultQuery { Handle = handle, Page = 9 }, mine).Should().Be("'page' is 9; there are 2 pages.");
        Refused(new StoredResultQuery { Handle = handle, Offset = 10_000 }, mine).Should().Be("'offset' is 10000; the text has 10000 characters.");
        Refused(new StoredResultQuery { Handle = handle, Block = 1 }, mine).Should().Be("'block' is 1; the result has blocks 0 to 0.");
        Refused(new StoredResultQuery { Handle = handle, Length = 0 }, mine).Should().Contain("'length' is 0");
        Refused(new StoredResultQuery { Handle = handle, Page = 1, Offset = 1 }, mine).Should().Contain("not both");

        string Refused(StoredResultQuery query, CallContext context) =>
            FluentActions.Invoking(() => setup.Calls.ReadResult(query, context)).Should().Throw<ArgumentException>().Which.Message;
    }

    [Fact]
    public async Task ReadResult_AgeOrRoom_EndsTheOldestFirst()
    {
        RealTimersClock clock = new();
        await using Setup setup = await Setup.StartAsync(
            options =>
            {
                options.Responses.MaxTokens = 200;
                options.Responses.MaxStoredBytesPerSession = 25_000;
            },
            clock);
        CallContext a = new() { SessionId = "a" };
        CallContext b = new() { SessionId = "b" };
        string[] handles = new string[3];
        for (int i = 0; i < 3; i++)
        {
            handles[i] = (await setup.CallAsync("flood", """{"bytes":10000}""", a)).ResultHandle!;
        }

        string other = (await setup.CallAsync("flood", """{"bytes":10000}""", b)).ResultHandle!;
        ToolCallOutcome tooLarge = await setup.CallAsync("flood", """{"bytes":30000}""", a);

        Reads(handles[0], a).Should().BeFalse("its session has room for two");
        Reads(handles[1], a).Should().BeTrue();
        Reads(handles[2], a).Should().BeTrue();
        Reads(other, b).Should().BeTrue();
        tooLarge.ResultHandle.Should().BeNull();
        Text(tooLarge).Should().Contain("too large to be kept");
        clock.Advance(TimeSpan.FromMinutes(16));
        Reads(handles[2], a).Should().BeFalse();

        bool Reads(string handle, CallContext context)
        {
            try
            {
                return setup.Calls.ReadResult(new StoredResultQuery { Handle = handle }, context).TotalLength > 0;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task CallManyAsync_MixedCalls_KeepTheirOrderAndTheirErrors()
    {
        await using Setup setup = await Setup.StartAsync();
        setup.Targets.Schema = """{"properties":{"text":{"type":"string"}}}""";
        ToolCallRequest[] requests =
        [
            Request("slow", """{"ms":200}"""), Request("echo", """{"text":"b"}"""), Request("hidden", "{}"), Request("fail", "{}"),
            Request("echo", "[5]"), Request("error", "{}"), Request("echo", """{"text":"g"}"""),
        ];

        IReadOnlyList<ToolCallOutcome> outcomes = await setup.Calls.CallManyAsync(requests, VisibilityScope.Everything, CallContext.None);

        outcomes.Select(outcome => outcome.Status).Should().Equal(
            ToolCallStatus.Succeeded, ToolCallStatus.Succeeded, ToolCallStatus.NotFound, ToolCallStatus.ToolFailed,
            ToolCallStatus.InvalidArguments, ToolCallStatus.BackendFailed, ToolCallStatus.Succeeded);
        Text(outcomes[1]).Should().Be("b");
        Text(outcomes[6]).Should().Be("g");
    }

    [Fact]
    public async Task CallManyAsync_TooManyCalls_IsRefused()
    {
        await using Setup setup = await Setup.StartAsync(options => options.Responses.MaxBatchCalls = 2);

        Func<Task> batch = () => setup.Calls.CallManyAsync([.. Enumerable.Repeat(Request("echo", "{}"), 3)], VisibilityScope.Everything, CallContext.None);

        (await batch.Should().ThrowAsync<ArgumentException>()).Which.Message.Should().Contain("1 to 2 calls");
    }

    [Fact]
    public async Task CallManyAsync_ManyCalls_RunOnlySomeAtATime()
    {
        await using Setup setup = await Setup.StartAsync(options => options.Responses.BatchParallelism = 3);
        using CancellationTokenSource cancel = new();

        Task batch = setup.Calls.CallManyAsync([.. Enumerable.Repeat(Request("hang", "{}"), 10)], VisibilityScope.Everything, CallContext.None, cancel.Token);
        await Eventually.IsAsync(() => setup.Stub.Server.Calls("hang") == 3);
        await cancel.CancelAsync();

        await batch.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        await Eventually.IsAsync(() => setup.Stub.Server.Journal.Count(line => line.StartsWith("cancelled hang", StringComparison.Ordinal)) == 3);
        setup.Stub.Server.Calls("hang").Should().Be(3);
    }

    [Fact]
    public async Task CallAsync_AnyOutcome_IsAuditedOnceWithoutArguments()
    {
        await using Setup setup = await Setup.StartAsync();
        CallContext context = new() { SessionId = "s", Caller = "ada" };
        using CancellationTokenSource cancel = new();

        await setup.CallAsync("echo", """{"text":"secret-text"}""", context);
        await setup.CallAsync("hidden", context: context);
        Task hanging = setup.CallAsync("hang", context: context, cancellationToken: cancel.Token);
        await Eventually.IsAsync(() => setup.Stub.Server.Calls("hang") == 1);
        await cancel.CancelAsync();
        await hanging.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();

        CallAuditRecord[] records = [.. setup.Audit.Records];
        records.Select(record => (record.ToolName, record.Status)).Should().Equal(
            ("echo", ToolCallStatus.Succeeded), ("hidden", ToolCallStatus.NotFound), ("hang", ToolCallStatus.Cancelled));
        records.Should().OnlyContain(record => record.Caller == "ada" && record.SessionId == "s" && record.Arguments == null);
        records[0].Should().Match<CallAuditRecord>(record => record.ServerName == "web" && record.ArgumentBytes == 22 && record.ResultBytes > 20);
        setup.Fixture.Logs.Lines.Where(line => line.Contains(" 310", StringComparison.Ordinal)).Should().NotContain(line => line.Contains("secret-text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CallAsync_AuditArgumentsOn_KeepsThem()
    {
        await using Setup setup = await Setup.StartAsync(options => options.Responses.AuditArguments = true);

        await setup.CallAsync("echo", """{"text":"kept"}""");

        setup.Audit.Records.Single().Arguments.Should().Be("""{"text":"kept"}""");
    }

    [Fact]
    public async Task CallAsync_Traced_CarriesTheConventionsForTools()
    {
        List<Activity> seen = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == McpOptimizerTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = seen.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using Setup setup = await Setup.StartAsync();

        await setup.CallAsync("error");

        Activity activity = seen.Single(one => one.OperationName == "execute_tool error");
        activity.GetTagItem("gen_ai.operation.name").Should().Be("execute_tool");
        activity.GetTagItem("gen_ai.tool.name").Should().Be("error");
        activity.GetTagItem("mcp_optimizer.server").Should().Be("web");
        activity.GetTagItem("error.type").Should().Be("ProtocolError");
        activity.Status.Should().Be(ActivityStatusCode.Error);
    }

    [Fact]
    public async Task CallAsync_CallerAnswersLater_TheCallWaitsAndGoesOn()
    {
        await using Setup setup = await Setup.StartAsync();
        CallContext context = Later("s");

        ToolCallOutcome asked = await setup.CallAsync("ask", context: context);
        ToolCallOutcome stolen = await setup.Calls.CallAsync(Reply(asked), VisibilityScope.Everything, Later("thief"));
        ToolCallOutcome done = await setup.Calls.CallAsync(Reply(asked), VisibilityScope.Everything, context);
        ToolCallOutcome again = await setup.Calls.CallAsync(Reply(asked), VisibilityScope.Everything, context);

        asked.Status.Should().Be(ToolCallStatus.InputRequired);
        asked.Questions!.Single().Value.Parameters["message"]!.GetValue<string>().Should().Be("Your name?");
        stolen.Status.Should().Be(ToolCallStatus.InvalidArguments);
        Text(done).Should().Be("""{"action":"accept","content":{"name":"Eve"}}""");
        Text(again).Should().Contain("is over");
        setup.Stub.Server.Calls("ask").Should().Be(1);
    }

    [Fact]
    public async Task CallAsync_CallerNeverAnswers_TheCallEndsAtTheBackend()
    {
        await using Setup setup = await Setup.StartAsync(options => options.Responses.ParkedCallLifetime = TimeSpan.FromSeconds(1));

        ToolCallOutcome asked = await setup.CallAsync("ask", context: Later("s"));

        asked.Status.Should().Be(ToolCallStatus.InputRequired);

        // Two messages tell the backend, in either order: the call is cancelled, and its question is refused. The first one ends it there.
        await Eventually.IsAsync(() => setup.Stub.Server.Journal.Any(
            line => line.StartsWith("cancelled ask", StringComparison.Ordinal) || line.StartsWith("answered ask", StringComparison.Ordinal)));
    }

    private static ToolCallRequest Reply(ToolCallOutcome asked) => new()
    {
        State = asked.State,
        Answers = asked.Questions!.ToDictionary(entry => entry.Key, _ => JsonElement.Parse("""{"action":"accept","content":{"name":"Eve"}}""")),
    };

    private static CallContext Later(string session) => new() { SessionId = session, AnswersLater = true, AnswerableMethods = new HashSet<string> { CallerMethods.Elicit } };

    private static ToolCallRequest Request(string tool, string arguments) => new() { ServerName = "web", ToolName = tool, Arguments = JsonElement.Parse(arguments) };

    private static string Text(ToolCallOutcome outcome) => outcome.Result["content"]![0]!["text"]!.GetValue<string>();

    private sealed class Setup : IAsyncDisposable
    {
        private Setup(StubHttpBackend stub, Action<McpOptimizerOptions>? set, TimeProvider? clock)
        {
            Stub = stub;
            Targets = new StubTargets(BackendFixture.Http(stub.Url));
            Fixture = new BackendFixture(set, services =>
            {
                services.AddSingleton<ICallTargetResolver>(Targets);
                services.AddSingleton<ICallAuditSink>(Audit);
                if (clock is not null)
                {
                    services.AddSingleton(clock);
                }
            });
        }

        public StubHttpBackend Stub { get; }

        public StubTargets Targets { get; }

        public RecordingAuditSink Audit { get; } = new();

        public BackendFixture Fixture { get; }

        public IToolCallService Calls => Fixture.Get<IToolCallService>();

        public static async Task<Setup> StartAsync(Action<McpOptimizerOptions>? set = null, TimeProvider? clock = null) =>
            new(await StubHttpBackend.StartAsync(), set, clock);

        public Task<ToolCallOutcome> CallAsync(string tool, string arguments = "{}", CallContext? context = null, CancellationToken cancellationToken = default) =>
            Calls.CallAsync(Request(tool, arguments), VisibilityScope.Everything, context ?? CallContext.None, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await Fixture.DisposeAsync();
            await Stub.DisposeAsync();
        }
    }
}
