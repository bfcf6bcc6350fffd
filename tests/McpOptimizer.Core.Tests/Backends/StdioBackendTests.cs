using System.Diagnostics;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using Shared.Backends;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Backends;

public sealed class StdioBackendTests
{
    [Fact]
    public async Task ListToolsAsync_Server_GivesDefinitionsWithoutUnsetMembers()
    {
        await using BackendFixture fixture = new();

        BackendToolList list = await fixture.Backends.ListToolsAsync(BackendFixture.Stdio("s"));

        ToolDefinition echo = list.Tools.Single(tool => tool.Name == "echo");
        JsonObject json = JsonNode.Parse(echo.Json.Span)!.AsObject();
        json.Select(member => member.Key).Should().Equal("name", "description", "inputSchema", "annotations");
        json["annotations"]!.AsObject().Select(member => member.Key).Should().Equal("title", "readOnlyHint");
        json["inputSchema"]!["properties"]!["text"]!.AsObject().Should().ContainKey("default", "a null inside a schema means something");
        echo.Title.Should().Be("The echo");
        list.Instructions.Should().Be("Use with care.");
        list.ServerTitle.Should().Be("Stub server");
        list.Remarks.Should().BeEmpty();
    }

    [Fact]
    public async Task Endpoint_ThatSwitchesAToolOff_NeitherListsNorCallsIt()
    {
        await using BackendFixture fixture = new();
        BackendEndpoint whole = BackendFixture.Stdio("s");
        BackendEndpoint endpoint = new()
        {
            ServerName = whole.ServerName,
            Transport = whole.Transport,
            Command = whole.Command,
            Arguments = whole.Arguments,
            Environment = whole.Environment,
            Tools = new ToolRestriction { Without = ["odd"] },
        };

        (await fixture.Backends.ListToolsAsync(endpoint)).Tools.Select(tool => tool.Name).Should().Contain("echo").And.NotContain("odd");
        (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "odd")).Should().ThrowAsync<BackendException>()).Which.Message.Should().Contain("switches it off");
        (await fixture.Backends.CallAsync(whole, "odd")).Json.Should().NotBeEmpty("another entry of the same server has its own restriction");
    }

    [Fact]
    public async Task CallToolAsync_OddResult_ComesBackUnchanged()
    {
        await using BackendFixture fixture = new();

        BackendCallResult result = await fixture.Backends.CallAsync(BackendFixture.Stdio("s"), "odd");

        result.Json.ToJsonString().Should().Be(new StubServer().OddResult.ToJsonString());
    }

    [Fact]
    public async Task CallToolAsync_HundredCallersAndTwoEqualEndpoints_UseOneProcess()
    {
        await using BackendFixture fixture = new();
        using TempFile journal = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--journal", journal.Path);
        BackendEndpoint equal = new()
        {
            ServerName = "s",
            Transport = TransportKind.Stdio,
            Command = endpoint.Command,
            Arguments = [.. endpoint.Arguments],
            Environment = new Dictionary<string, string>(endpoint.Environment),
        };

        BackendCallResult[] results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            fixture.Backends.CallAsync(i % 2 == 0 ? endpoint : equal, "echo", $$"""{"text":"{{i}}"}""")));

        results.Select(result => result.Text()).Should().Equal(Enumerable.Range(0, 100).Select(i => $"{i}"));
        journal.Lines.Count(line => line.StartsWith("start", StringComparison.Ordinal)).Should().Be(1);
        fixture.Pool.Sessions.Should().Be(1);
    }

    [Fact]
    public async Task CallToolAsync_ProcessKilled_StartsAgainAndTellsOfPossibleChange()
    {
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s");
        int first = int.Parse((await fixture.Backends.CallAsync(endpoint, "pid")).Text());
        await using ChangeLog log = new(fixture.Backends);

        Process.GetProcessById(first).Kill();
        await Eventually.IsAsync(() => fixture.Backends.Status.Single().State == BackendState.Idle);
        int second = int.Parse((await fixture.Backends.CallAsync(endpoint, "pid")).Text());

        second.Should().NotBe(first);
        await Eventually.IsAsync(() => log.Changes.Contains(new BackendChange(endpoint, BackendChangeKind.Tools)));
    }

    [Fact]
    public async Task CallToolAsync_ProcessDiesDuringCall_FailsWithExitCodeAndIsNotSentAgain()
    {
        await using BackendFixture fixture = new();
        using TempFile journal = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--journal", journal.Path);

        Func<Task> call = () => fixture.Backends.CallAsync(endpoint, "crash");

        (await call.Should().ThrowAsync<BackendException>()).Which.Failure.Should().Be(BackendFailure.ConnectionLost);
        journal.Lines.Count(line => line.StartsWith("call crash", StringComparison.Ordinal)).Should().Be(1);
        (await fixture.Backends.CallAsync(endpoint, "echo", """{"text":"back"}""")).Text().Should().Be("back");
    }

    [Fact]
    public async Task CallToolAsync_Cancelled_ReachesTheServer()
    {
        await using BackendFixture fixture = new();
        using TempFile journal = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--journal", journal.Path);
        using CancellationTokenSource cancel = new();

        Task call = fixture.Backends.CallAsync(endpoint, "hang", cancellationToken: cancel.Token);
        await Eventually.IsAsync(() => journal.Lines.Any(line => line.StartsWith("call hang", StringComparison.Ordinal)));
        await cancel.CancelAsync();

        await call.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        await Eventually.IsAsync(() => journal.Lines.Any(line => line.StartsWith("cancelled hang", StringComparison.Ordinal)));
        fixture.Backends.Status.Single().LastError.Should().BeNull();
    }

    [Fact]
    public async Task CallToolAsync_Progress_ArrivesInOrderBeforeTheResult()
    {
        await using BackendFixture fixture = new();
        List<CallProgress> seen = [];
        CallContext context = new()
        {
            OnProgress = (progress, _) =>
            {
                seen.Add(progress);
                return ValueTask.CompletedTask;
            },
        };

        await fixture.Backends.CallAsync(BackendFixture.Stdio("s"), "progress", """{"steps":50}""", context);

        seen.Select(progress => progress.Progress).Should().Equal(Enumerable.Range(1, 50).Select(step => (double)step));
        seen[4].Message.Should().Be("step 5");
    }

    [Fact]
    public async Task CallToolAsync_ServerAsks_OnlyTheCallerWhoCanAnswerIsAsked()
    {
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s");

        BackendCallResult answered = await fixture.Backends.CallAsync(endpoint, "ask", context: Asked("Ada", "one"));
        BackendCallResult refused = await fixture.Backends.CallAsync(endpoint, "ask");

        answered.Text().Should().Be("""{"action":"accept","content":{"name":"Ada"}}""");
        refused.Text().Should().Contain("no caller can be asked");
    }

    [Fact]
    public async Task CallToolAsync_ServerAsksWhileTwoCallersWait_AsksNobodyRatherThanTheWrongOne()
    {
        await using BackendFixture fixture = new();
        using TempFile journal = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--journal", journal.Path);
        using CancellationTokenSource cancel = new();
        Task other = fixture.Backends.CallAsync(endpoint, "hang", context: Asked("Bob", "two"), cancellationToken: cancel.Token);
        await Eventually.IsAsync(() => journal.Lines.Any(line => line.StartsWith("call hang", StringComparison.Ordinal)));

        BackendCallResult result = await fixture.Backends.CallAsync(endpoint, "ask", context: Asked("Ada", "one"));

        result.Text().Should().Contain("not clear which of several");
        await cancel.CancelAsync();
        await other.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task CallToolAsync_FiftyMegabytes_FailsAloneAndNamesTheSetting()
    {
        await using BackendFixture fixture = new(options => options.Backends.MaxResponseBytes = 1024 * 1024);
        BackendEndpoint endpoint = BackendFixture.Stdio("s");
        int process = int.Parse((await fixture.Backends.CallAsync(endpoint, "pid")).Text());
        Task<BackendCallResult> neighbour = fixture.Backends.CallAsync(endpoint, "slow", """{"ms":300}""");

        Func<Task> flood = () => fixture.Backends.CallAsync(endpoint, "flood", """{"bytes":52428800}""");

        BackendException failure = (await flood.Should().ThrowAsync<BackendException>()).Which;
        failure.Failure.Should().Be(BackendFailure.TooLarge);
        failure.Message.Should().Contain("52,428,8").And.Contain("Backends.MaxResponseBytes");
        (await neighbour).Text().Should().Be("done");
        (await fixture.Backends.CallAsync(endpoint, "pid")).Text().Should().Be($"{process}", "the process is not at fault");
    }

    [Fact]
    public async Task CallToolAsync_ServerPrintsOtherThings_IgnoresThem()
    {
        await using BackendFixture fixture = new();

        BackendCallResult result = await fixture.Backends.CallAsync(BackendFixture.Stdio("s", "--noise"), "echo", """{"text":"ok"}""");

        result.Text().Should().Be("ok");
    }

    [Fact]
    public async Task CallToolAsync_ToolErrors_AreTold()
    {
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s");

        (await fixture.Backends.CallAsync(endpoint, "fail")).IsError.Should().BeTrue();
        BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "error")).Should().ThrowAsync<BackendException>()).Which;

        error.Failure.Should().Be(BackendFailure.ProtocolError);
        error.ErrorCode.Should().Be(-32050);
        error.Message.Should().Be("Server 's' answered with an error: odd state (code -32050)");
    }

    [Fact]
    public async Task CallToolAsync_ProgramMissing_SaysSoAtOnce()
    {
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = new() { ServerName = "s", Transport = TransportKind.Stdio, Command = "no-such-program-here" };

        BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "x")).Should().ThrowAsync<BackendException>()).Which;

        error.Failure.Should().Be(BackendFailure.InvalidEndpoint);
        error.Message.Should().Contain("'no-such-program-here' was not found");
        fixture.Pool.Sessions.Should().Be(0);
    }

    [Fact]
    public async Task CallToolAsync_ProgramEndsAtOnce_ShowsItsLastWordsWithoutSecrets()
    {
        await using BackendFixture fixture = new(options => options.Backends.RetryAttempts = 0);
        BackendEndpoint endpoint = new()
        {
            ServerName = "s",
            Transport = TransportKind.Stdio,
            Command = "dotnet",
            Arguments = [BackendFixture.StubProgram, "--exit", "7", "--stderr", "cannot log in with hunter22-hunter22"],
            Environment = new Dictionary<string, string> { ["API_KEY"] = "hunter22-hunter22" },
        };

        BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "x")).Should().ThrowAsync<BackendException>()).Which;

        error.Failure.Should().Be(BackendFailure.Unreachable);
        error.Message.Should().Be("Server 's' did not start: its program ended with exit code 7; it last wrote: cannot log in with ***.");
        error.ToString().Should().NotContain("hunter22");
        fixture.Logs.Lines.Should().NotContain(line => line.Contains("hunter22", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CallToolAsync_HostEnvironment_IsNotPassedOn()
    {
        Environment.SetEnvironmentVariable("STUB_HOST_SECRET", "hidden");
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s");

        string secret = (await fixture.Backends.CallAsync(endpoint, "env", """{"name":"STUB_HOST_SECRET"}""")).Text();
        string own = (await fixture.Backends.CallAsync(endpoint, "env", """{"name":"STUB_MARK"}""")).Text();

        secret.Should().Be("(unset)");
        own.Should().Be(endpoint.Environment["STUB_MARK"]);
    }

    [Fact]
    public async Task CallToolAsync_ServerAnswersNothing_TimesOutAndStartsAFreshProcess()
    {
        await using BackendFixture fixture = new(options => options.Backends.CallTimeout = TimeSpan.FromSeconds(1));
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--deaf");
        await Eventually.IsAsync(() => Connected(fixture, endpoint));
        int process = fixture.Backends.Status.Single().ProcessId!.Value;

        BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "echo")).Should().ThrowAsync<BackendException>()).Which;

        error.Failure.Should().Be(BackendFailure.TimedOut);
        error.Message.Should().Contain("within 1 s");
        await Eventually.IsAsync(() => !ProcessProbe.IsAlive(process));
    }

    [Fact]
    public async Task WatchAsync_ToolAdded_IsToldAndListed()
    {
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s");
        await fixture.Backends.ListToolsAsync(endpoint);
        await using ChangeLog log = new(fixture.Backends);

        await fixture.Backends.CallAsync(endpoint, "grow", """{"name":"fresh"}""");

        await Eventually.IsAsync(() => log.Changes.Contains(new BackendChange(endpoint, BackendChangeKind.Tools)));
        (await fixture.Backends.ListToolsAsync(endpoint)).Tools.Should().Contain(tool => tool.Name == "fresh");
    }

    internal static CallContext Asked(string name, string session) => new()
    {
        SessionId = session,
        AnswerableMethods = new HashSet<string> { CallerMethods.Elicit },
        OnRequest = (request, _) =>
        {
            request.Parameters["message"]!.GetValue<string>().Should().Be("Your name?");
            return ValueTask.FromResult(new JsonObject { ["action"] = "accept", ["content"] = new JsonObject { ["name"] = name } });
        },
    };

    // Connecting may take longer than one operation may on a loaded machine; it goes on all the same.
    private static bool Connected(BackendFixture fixture, BackendEndpoint endpoint)
    {
        if (fixture.Backends.Status is [{ State: BackendState.Connected }])
        {
            return true;
        }

        if (fixture.Backends.Status is [] or [{ State: BackendState.Idle }])
        {
            _ = fixture.Backends.ListResourcesAsync(endpoint).ContinueWith(task => task.Exception, TaskScheduler.Default);
        }

        return false;
    }
}
