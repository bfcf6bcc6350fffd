using Integration.Running;
using ModelContextProtocol.Client;
using Shared.Testing;

namespace Integration;

public sealed class OptimizerOverStdioTests
{
    [Fact]
    public async Task Client_FindsAndCallsOverStdio()
    {
        using TemporaryFolder folder = new();
        string file = Programs.ServersFile(folder.FullPath, ["one"]);
        StdioClientTransport transport = new(new StdioClientTransportOptions
        {
            Name = "optimizer",
            Command = "dotnet",
            Arguments = [Programs.Optimizer, "--stdio", "--servers", file, "--db", folder.Combine("optimizer.db")],
        });
        await using McpClient client = await McpClient.CreateAsync(transport, new McpClientOptions { InitializationTimeout = TimeSpan.FromSeconds(90), DiscoverProbeTimeout = TimeSpan.FromSeconds(90) });

        await client.WaitForToolsAsync(14);

        (await client.FindAsync("echo a message"))[0].Should().Be("one/echo");
        (await client.CallAsync("one", "echo", new { text = "over stdio" })).Text().Should().Be("over stdio");
    }
}
