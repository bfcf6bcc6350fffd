using System.Diagnostics;
using McpOptimizer.PostgreSql.Tests.Fixtures;
using Npgsql;
using Shared.Testing;

namespace McpOptimizer.PostgreSql.Tests.Replicas;

/// <summary>Replicas as processes, and a database that fails them. Each test has the server that it harms for itself.</summary>
[Collection("processes")]
public sealed class DatabaseFaultTests
{
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
}
