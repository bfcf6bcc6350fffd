using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Tests.Backends;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shared.Backends;
using Shared.Testing;
using Xunit.Abstractions;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>
/// The first hour with servers that fail in their own ways, on a clock that jumps. Somebody looks at the tools every ten seconds and whenever the server, or the
/// connection to it, says so, as the ingestion does.
/// </summary>
public sealed class FailingServerTests(ITestOutputHelper output)
{
    private const int Budget = 30;

    [Theory]
    [InlineData("--exit", "1")]
    [InlineData("--legacy", "--dies-on", "initialize")]
    [InlineData("--dies-on", "notifications/initialized")]
    [InlineData("--dies-on", "tools/list")]
    [InlineData("--dies-after", "tools/list")]
    public async Task StdioServer_IsStartedSeldom_AndThatIsSaidOnce(params string[] flags)
    {
        RealTimersClock clock = new();
        await using BackendFixture fixture = Fixture(clock);
        using TempFile journal = new();

        await SpendAnHourAsync(fixture, clock, BackendFixture.Stdio("s", ["--journal", journal.Path, .. flags]));

        int starts = journal.Lines.Count(line => line.StartsWith("start", StringComparison.Ordinal));
        output.WriteLine($"{string.Join(' ', flags)}: {starts} starts in the first hour");
        starts.Should().BeInRange(10, Budget);
        List<string> said = Warnings(fixture);
        said.Count.Should().BeInRange(1, 3, "a start that fails and a connection that is lost read differently, and nothing else does: {0}", string.Join('\n', said));
        said.Should().OnlyContain(line => line.Contains("left alone until 2026-01-01"));
        fixture.Logs.Lines.Should().NotContain(line => line.Contains("\n   at ", StringComparison.Ordinal), "a stack trace says nothing to an operator");
    }

    [Theory]
    [InlineData("initialize", 500, "text/plain", "no")]
    [InlineData("initialize", 401, "text/plain", "no")]
    [InlineData("initialize", 200, "application/json", """{"jsonrpc":"2.0","id":ID,"error":{"code":-32603,"message":"no"}}""")]
    [InlineData("initialize", 200, "text/html", "<html>no</html>")]
    [InlineData("tools/list", 404, "text/plain", "no session")]
    [InlineData("tools/list", 500, "text/plain", "no")]
    [InlineData("tools/list", 200, "application/json", """{"jsonrpc":"2.0","id":ID,"error":{"code":-32001,"message":"Session not found"}}""")]
    [InlineData("tools/list", 200, "application/json", """{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}""")]
    public async Task HttpServer_IsIntroducedToSeldom(string failing, int status, string type, string body)
    {
        RealTimersClock clock = new();
        await using BackendFixture fixture = Fixture(clock);
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        int introductions = 0;
        stub.Odd = async (message, http) =>
        {
            string? method = message["method"]?.GetValue<string>();
            introductions += method == "initialize" ? 1 : 0;
            if (method != failing)
            {
                return false;
            }

            http.Response.StatusCode = status;
            http.Response.ContentType = type;
            await http.Response.WriteAsync(body.Replace("ID", message["id"]!.ToJsonString(), StringComparison.Ordinal));
            return true;
        };

        await SpendAnHourAsync(fixture, clock, BackendFixture.Http(stub.Url, "s"));

        output.WriteLine($"{failing} {status} {body}: {introductions} introductions in the first hour");
        introductions.Should().BeInRange(1, Budget);
        Warnings(fixture).Should().ContainSingle();
    }

    [Fact]
    public async Task CallsOnAGoodServer_AreLoggedForDebuggingOnly()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        foreach (BackendEndpoint endpoint in new[] { BackendFixture.Http(stub.Url), BackendFixture.Stdio("s") })
        {
            await fixture.Backends.CallAsync(endpoint, "echo");
            fixture.Logs.Lines.Clear();

            await fixture.Backends.CallAsync(endpoint, "echo");
            await fixture.Backends.CallAsync(endpoint, "fail");

            fixture.Logs.Lines.Should().OnlyContain(line => line.StartsWith("Debug", StringComparison.Ordinal) || line.StartsWith("Trace", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task ServerThatLasts_BeginsAfresh()
    {
        RealTimersClock clock = new();
        await using BackendFixture fixture = Fixture(clock);
        BackendEndpoint endpoint = BackendFixture.Stdio("s");

        for (int day = 0; day < 12; day++)
        {
            (await fixture.Backends.CallAsync(endpoint, "echo", """{"text":"well"}""")).Text().Should().Be("well", "a crash in hours is no reason to leave a server alone");
            clock.Advance(TimeSpan.FromHours(2));
            await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "crash")).Should().ThrowAsync<BackendException>();
            await Eventually.IsAsync(() => fixture.Backends.Status.Single().State != BackendState.Connected);
        }

        fixture.Backends.Status.Single().State.Should().Be(BackendState.Idle);
    }

    [Fact]
    public async Task ServerLeftAlone_ShowsSinceWhenWhyAndUntil()
    {
        RealTimersClock clock = new();
        await using BackendFixture fixture = Fixture(clock);
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--exit", "7", "--stderr", "no license");
        for (int i = 0; i < 5; i++)
        {
            await FluentActions.Awaiting(() => fixture.Backends.ListToolsAsync(endpoint)).Should().ThrowAsync<BackendException>();
        }

        BackendStatus status = fixture.Backends.Status.Single();

        status.State.Should().Be(BackendState.Broken);
        status.LastError.Should().Contain("no license");
        status.FailingSince.Should().Be(clock.GetUtcNow());
        status.TriedAgainAt.Should().BeCloseTo(clock.GetUtcNow().AddSeconds(30), TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task WallClockMoved_ChangesNothing(int hours)
    {
        RealTimersClock clock = new();
        await using BackendFixture fixture = Fixture(clock);
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        BackendEndpoint endpoint = BackendFixture.Http(stub.Url);
        await fixture.Backends.ListToolsAsync(endpoint);
        stub.Status = 502;
        for (int i = 0; i < 5; i++)
        {
            await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "echo")).Should().ThrowAsync<BackendException>();
        }

        clock.MoveWallClock(TimeSpan.FromHours(hours));
        stub.Status = null;
        BackendException early = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "echo")).Should().ThrowAsync<BackendException>()).Which;
        clock.Advance(TimeSpan.FromSeconds(31));

        early.Failure.Should().Be(BackendFailure.CircuitOpen);
        early.RetryAfter.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(30));
        (await fixture.Backends.CallAsync(endpoint, "echo", """{"text":"back"}""")).Text().Should().Be("back");
    }

    private static BackendFixture Fixture(RealTimersClock clock) => new(
        options => options.Backends.RetryDelay = TimeSpan.Zero,
        services => services.AddSingleton<TimeProvider>(clock));

    private static List<string> Warnings(BackendFixture fixture) =>
        [.. fixture.Logs.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal))];

    private static async Task SpendAnHourAsync(BackendFixture fixture, RealTimersClock clock, BackendEndpoint endpoint)
    {
        await using ChangeLog log = new(fixture.Backends);
        for (int second = 0; second < 3600; second += 10)
        {
            int told;
            do
            {
                told = log.Changes.Count;
                log.Changes.Clear();
                await LookAsync(fixture, endpoint);
                await Eventually.IsAsync(() => fixture.Backends.Status.Single() is { Operations: 0, State: not BackendState.Connecting });
            }
            while (told > 0);

            clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    private static async Task LookAsync(BackendFixture fixture, BackendEndpoint endpoint)
    {
        try
        {
            await fixture.Backends.ListToolsAsync(endpoint);
        }
        catch (BackendException)
        {
            // What the servers are made for.
        }
    }
}
