using Fleet.Server;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Coder;

namespace Coder.Client.Tests.EndToEnd;

public sealed class StdioTests
{
    [Fact]
    public async Task FleetServer_OverStdio_ListsAndCallsTools()
    {
        await using FakeCoder coder = await FakeCoder.StartAsync();
        coder.State.AddIdle("henk");
        StdioClientTransport transport = new(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = [typeof(FleetHost).Assembly.Location, "--stdio"],
            EnvironmentVariables =
                new Dictionary<string, string?>
                {
                    ["CODER_URL"] =
                    coder.Address.AbsoluteUri,
                    ["CODER_SESSION_TOKEN"] = coder.Options.Token,
                    ["FLEET_MCP_AUTH_ENABLED"] = "true"
                },
        });
        await using McpClient client = await McpClient.CreateAsync(transport);

        (await client.ListToolsAsync()).Should().HaveCount(15);
        CallToolResult result = await client.CallToolAsync("list_agents");
        result.StructuredContent!.Value.GetProperty("agents")[0].GetProperty("name").GetString().Should().Be("henk");
    }
}
