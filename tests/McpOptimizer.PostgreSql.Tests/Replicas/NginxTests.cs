using System.Collections.Concurrent;
using McpOptimizer.PostgreSql.Tests.Fixtures;
using ModelContextProtocol.Client;
using Shared.Testing;
using Xunit.Abstractions;

namespace McpOptimizer.PostgreSql.Tests.Replicas;

/// <summary>Three replicas behind the configuration of docs/deploy/nginx.conf.</summary>
[Collection("processes")]
public sealed class NginxTests(ITestOutputHelper output)
{
    [Fact]
    public async Task ThreeReplicas_BothEras_OneIsKilled_EverybodyIsServed()
    {
        if (!NginxProcess.IsInstalled)
        {
            output.WriteLine("skipped: no nginx");
            return;
        }

        await using Fleet fleet = await Fleet.StartAsync(PostgreSqlServer.Shared);
        int[] ports = [NginxProcess.FreePort(), NginxProcess.FreePort(), NginxProcess.FreePort()];
        List<ServerProcess> replicas = [];
        for (int i = 0; i < ports.Length; i++)
        {
            replicas.Add(await fleet.AddAsync($"replica-{i + 1}", port: ports[i]));
        }

        await using NginxProcess nginx = await NginxProcess.StartAsync(ports);
        await Fleet.WaitForServersAsync(replicas[2], 1);

        // Without sessions every replica answers.
        using SessionlessClient sessionless = new(nginx.Address);
        ConcurrentDictionary<string, byte> answered = new();
        for (int i = 0; i < 30; i++)
        {
            answered.TryAdd((await sessionless.CallAsync("list_tools", new { }))["_meta"]!["mcp-optimizer/replica"]!.GetValue<string>(), 0);
        }

        answered.Keys.Should().BeEquivalentTo("replica-1", "replica-2", "replica-3");

        // A session stays with one; when that one is gone the client opens another.
        string owner;
        await using (McpClient session = await McpClients.ConnectAsync(nginx.Address, version: "2025-11-25"))
        {
            owner = (await session.CallToolAsync("list_tools")).Meta!["mcp-optimizer/replica"]!.GetValue<string>();
            for (int i = 0; i < 5; i++)
            {
                (await session.CallAsync("shared", "echo", new { text = "hello" })).IsError.Should().NotBe(true);
            }

            replicas.Single(replica => replica.Name == owner).Process.Kill();
            await FluentActions.Awaiting(() => session.CallToolAsync("list_tools").AsTask()).Should().ThrowAsync<Exception>("a session ends with its replica");
        }

        await Eventually.IsAsync(async () =>
        {
            await using McpClient again = await McpClients.ConnectAsync(nginx.Address, version: "2025-11-25");
            return (await again.CallAsync("shared", "echo", new { text = "hello" })).IsError != true;
        });
        (await sessionless.CallAsync("list_tools", new { }))["_meta"]!["mcp-optimizer/replica"]!.GetValue<string>().Should().NotBe(owner);
    }
}
