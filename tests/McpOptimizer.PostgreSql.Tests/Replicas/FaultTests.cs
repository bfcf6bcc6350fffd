using System.Diagnostics;
using System.Net;
using McpOptimizer.PostgreSql.Tests.Fixtures;
using Npgsql;
using Shared.Testing;

namespace McpOptimizer.PostgreSql.Tests.Replicas;

/// <summary>Replicas as processes, and a database that fails them. Each test has the server that it harms for itself.</summary>
public sealed class FaultTests
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
    public async Task Database_RestartsAndRefuses_IsServedFromMemory_AndRecoversByItself()
    {
        using PostgreSqlServer database = PostgreSqlServer.Start();
        await using Fleet fleet = await Fleet.StartAsync(database);
        ServerProcess one = await fleet.AddAsync("one");
        await Fleet.WaitForServersAsync(one, 1);
        ServerProcess two = await fleet.AddAsync("two");

        database.Stop();
        fleet.SetServers("shared", "second");
        await Eventually.IsAsync(async () => (await one.ReadyAsync()).Contains("cannot be reached", StringComparison.Ordinal));
        foreach (ServerProcess replica in new[] { one, two })
        {
            (await replica.FindsAndCallsAsync("shared", "echo")).Should().BeTrue();
            (await replica.ReadyAsync()).Should().Contain("Degraded").And.Contain("Store");
        }

        database.Resume();
        await Fleet.WaitForServersAsync(one, 2);
        await Fleet.WaitForServersAsync(two, 2);
        await Eventually.IsAsync(async () => !(await one.ReadyAsync()).Contains("Degraded", StringComparison.Ordinal) && !(await two.ReadyAsync()).Contains("Degraded", StringComparison.Ordinal));
        fleet.Scalar("SELECT count(*) FROM mcpservers_workload").Should().Be(2L);
        one.Log.Should().NotContain("   at ", "an outage is sentences, not stacks");
    }

    [Fact]
    public async Task Database_HasNoConnectionsLeft_IsServedFromMemory_AndRecoversByItself()
    {
        using PostgreSqlServer database = PostgreSqlServer.Start("-c max_connections=25 -c superuser_reserved_connections=0");
        await using Fleet fleet = await Fleet.StartAsync(database);
        ServerProcess one = await fleet.AddAsync("one");
        await Fleet.WaitForServersAsync(one, 1);

        List<NpgsqlConnection> hoard = [];
        try
        {
            database.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'mcp-optimizer/%'");
            while (hoard.Count < 40)
            {
                NpgsqlConnection connection = new(database.ConnectionString + ";Pooling=false;Timeout=5");
                hoard.Add(connection);
                try
                {
                    await connection.OpenAsync();
                }
                catch (PostgresException)
                {
                    break;
                }
            }

            // Some that the server had open before stay open: it is told to close them too.
            hoard[0].State.Should().Be(System.Data.ConnectionState.Open);
            await using (NpgsqlCommand end = new("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'mcp-optimizer/%'", hoard[0]))
            {
                await Eventually.IsAsync(async () =>
                {
                    await end.ExecuteNonQueryAsync();
                    NpgsqlConnection more = new(database.ConnectionString + ";Pooling=false;Timeout=5");
                    hoard.Add(more);
                    try
                    {
                        await more.OpenAsync();
                    }
                    catch (PostgresException)
                    {
                        return (await one.ReadyAsync()).Contains("Degraded", StringComparison.Ordinal);
                    }

                    return false;
                });
            }

            (await one.FindsAndCallsAsync("shared", "echo")).Should().BeTrue();
        }
        finally
        {
            hoard.ForEach(connection => connection.Dispose());
        }

        fleet.SetServers("shared", "second");
        await Fleet.WaitForServersAsync(one, 2);
        await Eventually.IsAsync(async () => !(await one.ReadyAsync()).Contains("Degraded", StringComparison.Ordinal));
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

    [Fact]
    public async Task Database_IsSlow_SearchAndCallAreNot()
    {
        await using Fleet fleet = await Fleet.StartAsync(PostgreSqlServer.Shared);
        await using TcpProxy proxy = new(PostgreSqlServer.Shared.Port);
        ServerProcess one = await fleet.AddAsync("one", fleet.On(proxy.Port));
        await Fleet.WaitForServersAsync(one, 1);

        proxy.Delay = TimeSpan.FromSeconds(0.5);
        fleet.SetServers("shared", "second");
        (await one.FindsAndCallsAsync("shared", "echo")).Should().BeTrue();
        Stopwatch watch = Stopwatch.StartNew();
        (await one.FindsAndCallsAsync("shared", "echo")).Should().BeTrue();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(0.9), "neither waits for a query, each of which takes a second");

        proxy.Delay = TimeSpan.Zero;
        await Fleet.WaitForServersAsync(one, 2);
    }

    [Fact]
    public async Task Database_FailsOverToAStandby_ReplicasGoOnThere()
    {
        using PostgreSqlServer primary = PostgreSqlServer.Start();
        using PostgreSqlServer standby = PostgreSqlServer.StartStandbyOf(primary);
        await using Fleet fleet = await Fleet.StartAsync(primary);
        ServerProcess one = await fleet.AddAsync("one", fleet.On(primary.Port, standby.Port));
        await Fleet.WaitForServersAsync(one, 1);
        await Eventually.IsAsync(() => fleet.ScalarOn(standby, "SELECT count(*) FROM mcpservers_workload") is 1L);

        primary.Stop();
        (await one.FindsAndCallsAsync("shared", "echo")).Should().BeTrue();
        standby.Execute("SELECT pg_promote()");
        fleet.SetServers("shared", "second");

        await Fleet.WaitForServersAsync(one, 2);
        fleet.ScalarOn(standby, "SELECT count(*) FROM mcpservers_workload").Should().Be(2L);
        await Eventually.IsAsync(one.LeadsAsync);
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
