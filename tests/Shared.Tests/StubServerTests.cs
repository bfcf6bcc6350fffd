using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Backends;

namespace Shared.Tests;

/// <summary>The stub is an MCP server to the SDK's own client: what it misbehaves in is asked of it, and nothing else.</summary>
public sealed class StubServerTests
{
    [Fact]
    public async Task OfficialClient_ListsCallsReadsAndGets()
    {
        await using StubHttpBackend backend = await StubHttpBackend.StartAsync();
        await using McpClient client = await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = backend.Url,
            TransportMode = HttpTransportMode.StreamableHttp,
        }));

        IList<McpClientTool> tools = await client.ListToolsAsync();
        CallToolResult called = await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = "hello" });
        IList<McpClientResource> resources = await client.ListResourcesAsync();
        IList<McpClientPrompt> prompts = await client.ListPromptsAsync();

        tools.Should().HaveCount(StubServer.BuiltInTools);
        called.Content.OfType<TextContentBlock>().Single().Text.Should().Be("hello");
        resources.Should().ContainSingle(resource => resource.Uri == "stub://one");
        prompts.Should().ContainSingle(prompt => prompt.Name == "greet");
        backend.Server.Calls("echo").Should().Be(1);
    }
}
