using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Hosting.Tests;

/// <summary>A real client against a real host, in both eras.</summary>
public sealed class ClientTests
{
    public static TheoryData<string> Versions => ["2024-11-05", "2025-03-26", "2025-06-18", TestHost.Handshake, TestHost.PerRequest];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task CallTool_EachProtocolVersion_ReturnsTheAnswer(string version)
    {
        await using TestHost host = await TestHost.StartAsync(options => options.Instructions = "Be kind.");
        await using McpClient client = await host.ConnectAsync(version);

        CallToolResult result = await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = "hello" });

        client.NegotiatedProtocolVersion.Should().Be(version);
        client.ServerInfo!.Name.Should().Be("test");
        client.ServerInfo.Version.Should().Be("1.2.3");
        client.ServerInstructions.Should().Be("Be kind.");
        Text(result).Should().Be("hello");
        (await client.ListToolsAsync()).Select(tool => tool.Name).Should().BeEquivalentTo("echo", "who", "count", "wait");
    }

    private static string Text(CallToolResult result) => result.Content.OfType<TextContentBlock>().Single().Text;
}
