using System.Diagnostics;
using System.Net;
using McpOptimizer.PostgreSql.Tests.Fixtures;
using Shared.Testing;

namespace McpOptimizer.PostgreSql.Tests.Replicas;

/// <summary>Replicas as processes that are killed, paused and cut off.</summary>
[Collection("processes")]
public sealed class LeaderFaultTests
{
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Leader_IsKilled_AnotherTakesOver_AndTheSessionIsUnknownThere()
    {
        await using Fleet fleet = await Fleet.StartAsync(PostgreSqlServer.Shared);
        ServerProcess one = await fleet.AddAsync("one");
        await Fleet.WaitForServersAsync(one, 1);
        ServerProcess two = await fleet.AddAsync("two");
        (await two.ToolsAsync()).Should().NotBeEmpty("a replica reads what is stored before it answers");
        string session = await OpenSessionAsync(one);

        one.Process.Kill();
        Stopwatch watch = Stopwatch.StartNew();
        await Eventually.IsAsync(two.LeadsAsync);

        watch.Elapsed.Should().BeLessThan(TakeOver);
        fleet.SetServers("shared", "second");
        await Fleet.WaitForServersAsync(two, 2);
        (await two.FindsAndCallsAsync("second", "echo")).Should().BeTrue();
        (await AskInSessionAsync(two, session)).Should().Be(HttpStatusCode.NotFound, "the client of a replica that died opens a new session");
        fleet.Scalar("SELECT count(*) FROM mcpservers_workload").Should().Be(2L);
    }

    [Fact]
    public async Task Leader_IsPausedAndWakesUp_WritesNothing()
    {
        await using Fleet fleet = await Fleet.StartAsync(PostgreSqlServer.Shared);
        ServerProcess one = await fleet.AddAsync("one");
        await Fleet.WaitForServersAsync(one, 1);
        ServerProcess two = await fleet.AddAsync("two");

        one.Signal("STOP");
        try
        {
            Stopwatch watch = Stopwatch.StartNew();
            await Eventually.IsAsync(two.LeadsAsync);
            watch.Elapsed.Should().BeLessThan(TakeOver);
            fleet.SetServers("shared", "second");
            await Fleet.WaitForServersAsync(two, 2);
        }
        finally
        {
            one.Signal("CONT");
        }

        // It follows now, and what it has slept through is in its index.
        await Eventually.IsAsync(async () => (await one.ReadyAsync()).Contains("one follows two", StringComparison.Ordinal));
        await Fleet.WaitForServersAsync(one, 2);
        fleet.Scalar("SELECT holder_name FROM store_leases").Should().Be("two");
        fleet.Scalar("SELECT count(*) FROM mcpservers_workload").Should().Be(2L);
    }

    [Fact]
    public async Task Network_IsCutBetweenOneReplicaAndTheDatabase_OthersGoOn_AndItCatchesUp()
    {
        await using Fleet fleet = await Fleet.StartAsync(PostgreSqlServer.Shared);
        await using TcpProxy proxy = new(PostgreSqlServer.Shared.Port);
        ServerProcess cut = await fleet.AddAsync("cut", fleet.On(proxy.Port));
        await Fleet.WaitForServersAsync(cut, 1);
        ServerProcess other = await fleet.AddAsync("other");

        proxy.Cut();
        await Eventually.IsAsync(other.LeadsAsync);
        fleet.SetServers("shared", "second");
        await Fleet.WaitForServersAsync(other, 2);
        (await cut.FindsAndCallsAsync("shared", "echo")).Should().BeTrue("what is in memory is served");
        await Eventually.IsAsync(async () => (await cut.ReadyAsync()).Contains("Degraded", StringComparison.Ordinal));

        proxy.Heal();
        await Fleet.WaitForServersAsync(cut, 2);
        await Eventually.IsAsync(async () => (await cut.ReadyAsync()).Contains("cut follows other", StringComparison.Ordinal));
        fleet.Scalar("SELECT count(*) FROM mcpservers_workload").Should().Be(2L);
    }

    private static async Task<string> OpenSessionAsync(ServerProcess replica)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = Message(replica, """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
        using HttpResponseMessage response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Mcp-Session-Id").Single();
    }

    private static async Task<HttpStatusCode> AskInSessionAsync(ServerProcess replica, string session)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = Message(replica, """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        using HttpResponseMessage response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private static HttpRequestMessage Message(ServerProcess replica, string json)
    {
        HttpRequestMessage request = new(HttpMethod.Post, new Uri(replica.Address, "/mcp")) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        return request;
    }
}
