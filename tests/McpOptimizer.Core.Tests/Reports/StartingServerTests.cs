using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Tests.Backends;
using Shared.Backends;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>Servers that take their time to come up, and what others suffer from it.</summary>
public sealed class StartingServerTests
{
    [Fact]
    public async Task ListingThatGaveUp_IsCaughtUpWith_WhenTheServerIsUp()
    {
        await using BackendFixture fixture = new(options => options.Backends.CallTimeout = TimeSpan.FromSeconds(1));
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--sleep", "4000");
        await using ChangeLog log = new(fixture.Backends);

        BackendException early = (await FluentActions.Awaiting(() => fixture.Backends.ListToolsAsync(endpoint)).Should().ThrowAsync<BackendException>()).Which;
        BackendState meanwhile = fixture.Backends.Status.Single().State;
        await Eventually.IsAsync(() => log.Changes.Contains(new BackendChange(endpoint, BackendChangeKind.Tools)));

        early.Message.Should().Contain("still starting");
        meanwhile.Should().Be(BackendState.Connecting);
        fixture.Backends.Status.Single().State.Should().Be(BackendState.Connected, "it is told as soon as the server is up");
    }

    [Fact]
    public async Task ListingRefusedForHaste_IsCaughtUpWith_WhenTheServerSays()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.CallTimeout = TimeSpan.FromSeconds(1));
        BackendEndpoint endpoint = BackendFixture.Http(stub.Url);
        await fixture.Backends.CallAsync(endpoint, "echo");
        await using ChangeLog log = new(fixture.Backends);
        stub.Status = 429;
        stub.RetryAfter = "2";

        BackendException refused = (await FluentActions.Awaiting(() => fixture.Backends.ListToolsAsync(endpoint)).Should().ThrowAsync<BackendException>()).Which;
        stub.Status = null;

        refused.RetryAfter.Should().Be(TimeSpan.FromSeconds(2));
        refused.Message.Should().Contain("asks for 2 s of rest");
        await Eventually.IsAsync(() => log.Changes.Contains(new BackendChange(endpoint, BackendChangeKind.Tools)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ListingRefusedForAMoment_WaitsAsLongAsTheServerSays(bool asDate)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = BackendFixture.Http(stub.Url);
        await fixture.Backends.CallAsync(endpoint, "echo");
        int before = stub.Requests.Count(request => request == "POST /mcp");
        stub.RetryAfter = asDate ? DateTimeOffset.UtcNow.AddSeconds(2).ToString("R") : "1";
        stub.Status = 429;

        Task<BackendToolList> listing = fixture.Backends.ListToolsAsync(endpoint);
        await Eventually.IsAsync(() => stub.Requests.Count(request => request == "POST /mcp") > before);
        stub.Status = null;

        (await listing).Tools.Should().NotBeEmpty();
    }

    [Fact]
    public async Task OperationsThatWaitForTheConnection_HoldNoSlot()
    {
        await using BackendFixture fixture = new(options => options.Backends.MaxConcurrentCalls = 1);
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--sleep", "2000");
        BackendEndpoint impatient = new()
        {
            ServerName = "s",
            Transport = TransportKind.Stdio,
            Command = endpoint.Command,
            Arguments = endpoint.Arguments,
            Environment = endpoint.Environment,
            Timeout = TimeSpan.FromMilliseconds(300),
        };

        Task<BackendCallResult> first = fixture.Backends.CallAsync(endpoint, "echo");
        BackendException second = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(impatient, "echo")).Should().ThrowAsync<BackendException>()).Which;

        second.Failure.Should().Be(BackendFailure.TimedOut, "it waited for the start, not for the other call");
        await first;
    }

    [Fact]
    public async Task ServerWithAnOpenSubscription_IsToldThatItIsOver_BeforeItsInputEnds()
    {
        using TempFile journal = new();
        await using (BackendFixture fixture = new(options => options.Backends.ShutdownTimeout = TimeSpan.FromSeconds(60)))
        {
            BackendEndpoint endpoint = BackendFixture.Stdio("s", "--per-request", "--journal", journal.Path);
            (await fixture.Backends.ListToolsAsync(endpoint)).Tools.Should().NotBeEmpty();
            await Eventually.IsAsync(() => journal.Lines.Any(line => line.StartsWith("subscriptions/listen", StringComparison.Ordinal)));
        }

        journal.Lines.Should().ContainInOrder("cancelled listen", "input ended");
    }
}
