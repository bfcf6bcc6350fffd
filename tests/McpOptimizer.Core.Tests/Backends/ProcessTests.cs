using System.Diagnostics;
using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Models;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Backends;

public sealed class ProcessTests
{
    [Fact]
    public async Task DisposeAsync_ServersThatForkAndRefuseToEnd_LeavesNoProcess()
    {
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--stubborn");
        BackendEndpoint polite = BackendFixture.Stdio("p");
        await using (BackendFixture fixture = new(options => options.Backends.ShutdownTimeout = TimeSpan.FromMilliseconds(200)))
        {
            await fixture.Backends.CallAsync(endpoint, "fork");
            await fixture.Backends.CallAsync(polite, "fork");
            await Eventually.IsAsync(() => ProcessProbe.CountOf(endpoint.Environment[ProcessProbe.Variable]) >= 6 && ProcessProbe.CountOf(polite.Environment[ProcessProbe.Variable]) >= 6);
        }

        ProcessProbe.CountOf(endpoint.Environment[ProcessProbe.Variable]).Should().Be(0);
        ProcessProbe.CountOf(polite.Environment[ProcessProbe.Variable]).Should().Be(0);
    }

    [Fact]
    public async Task DisposeAsync_GrandchildWithNothingOfItsOrigin_IsEnded()
    {
        int escaped;
        await using (BackendFixture fixture = new())
        {
            escaped = int.Parse((await fixture.Backends.CallAsync(BackendFixture.Stdio("s"), "escape")).Text());
            ProcessProbe.IsAlive(escaped).Should().BeTrue();
        }

        await Eventually.IsAsync(() => !ProcessProbe.IsAlive(escaped));
    }

    [Fact]
    public async Task CallToolAsync_ServerCrashesAfterForking_ItsChildrenAreEnded()
    {
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s");
        await fixture.Backends.CallAsync(endpoint, "fork");
        await Eventually.IsAsync(() => ProcessProbe.CountOf(endpoint.Environment[ProcessProbe.Variable]) >= 6);

        await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "crash")).Should().ThrowAsync<BackendException>();

        await Eventually.IsAsync(() => ProcessProbe.CountOf(endpoint.Environment[ProcessProbe.Variable]) == 0);
    }

    [Fact]
    public async Task Host_KilledWithoutWarning_ItsServersAndTheirChildrenAreEnded()
    {
        string mark = Guid.NewGuid().ToString("N");
        using Process host = StartHost(mark, "fork", servers: 2);
        (await host.StandardOutput.ReadLineAsync()).Should().Be("ready");
        await Eventually.IsAsync(() => ProcessProbe.IdsOf(mark).Count >= 12);

        host.Kill();

        await Eventually.IsAsync(() => ProcessProbe.IdsOf(mark).Count == 0);
    }

    [Fact]
    public async Task Retain_StdioEndpointRemoved_EndsItsProcess()
    {
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s");
        await fixture.Backends.CallAsync(endpoint, "echo");

        fixture.Backends.Retain([]);

        await Eventually.IsAsync(() => ProcessProbe.CountOf(endpoint.Environment[ProcessProbe.Variable]) == 0);
        fixture.Backends.Status.Should().BeEmpty();
    }

    [Fact]
    public async Task DisposeAsync_WhileConnecting_EndsTheProcess()
    {
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--silent");
        Task call;
        await using (BackendFixture fixture = new())
        {
            call = fixture.Backends.CallAsync(endpoint, "echo");
            await Eventually.IsAsync(() => ProcessProbe.CountOf(endpoint.Environment[ProcessProbe.Variable]) == 1);
        }

        await call.Awaiting(task => task).Should().ThrowAsync<BackendException>();
        ProcessProbe.CountOf(endpoint.Environment[ProcessProbe.Variable]).Should().Be(0);
    }

    [Fact]
    public async Task Reaper_WatcherKilled_IsStartedAgainWithTheNextServer()
    {
        await using BackendFixture fixture = new();
        await fixture.Backends.CallAsync(BackendFixture.Stdio("a"), "echo");
        int first = fixture.Reaper.WatcherId!.Value;
        Process.GetProcessById(first).Kill();
        await Eventually.IsAsync(() => !ProcessProbe.IsAlive(first));

        await fixture.Backends.CallAsync(BackendFixture.Stdio("b"), "echo");

        fixture.Reaper.WatcherId.Should().NotBe(first);
        ProcessProbe.IsAlive(fixture.Reaper.WatcherId!.Value).Should().BeTrue();
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":17,"result":{"id":3,"x":"\"id\":4"}}""", "17")]
    [InlineData("""{"result":{"id":3,"deep":[{"id":"no"}]},"jsonrpc":"2.0","id":17}""", "17")]
    [InlineData("""data: { "result" : "\\\"id\\\":5" , "id" : "a-1" }""", "a-1")]
    [InlineData("""{"method":"tools/call","id":17,"params":{}}""", null)]
    [InlineData("""{"result":{"id":3}}""", null)]
    public void Scanner_Message_FindsTheResponseIdHoweverItIsCut(string message, string? expected)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(message);
        for (int size = 1; size <= bytes.Length; size++)
        {
            JsonRpcIdScanner scanner = new();
            foreach (byte[] part in bytes.Chunk(size))
            {
                scanner.Append(part);
            }

            (scanner.ResponseId is { } id ? id.ToString() : null).Should().Be(expected);
        }
    }

    private static Process StartHost(string mark, string tool, int servers)
    {
        ProcessStartInfo start = new("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in new[] { BackendFixture.StubProgram, "--host", mark, tool, servers.ToString(System.Globalization.CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
