using System.Text.Json;
using Fleet.Metadata.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Shared.Conventions;
using Shared.Git;

namespace Fleet.Metadata.Tests.Http;

/// <summary>The tool, called by the real client over both transports.</summary>
public sealed class McpTests
{
    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task GetMetadata_OverHttp_AllAndOneKey(string version)
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        server.Git.Commit("Message");
        HttpClientTransportOptions options = new() { Endpoint = new Uri(server.Address, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp };
        HttpClientTransport transport = new(options);
        await using McpClient client = await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = version });

        await CheckAsync(client);
    }

    [Fact]
    public async Task GetMetadata_OverStdio_AllAndOneKey()
    {
        using GitSandbox git = new(" stdio");
        git.Commit("Message");
        StdioClientTransport transport = new(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments =
            [
                typeof(MetadataHost).Assembly.Location, "--stdio", "--repo", git.FullPath, "--Metadata:ForgeEnabled", "false", "--Metadata:GitDeadline", "00:01:00",
            ],
        });

        // Without a version the client first probes for the newest one, and does not wait for a process that is slow to start.
        await using McpClient client = await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = "2025-11-25" });

        await CheckAsync(client);
    }

    [Fact]
    public void AddFleetMetadataTools_Tool_SaysOfItselfWhatWasReviewed()
    {
        ServiceCollection services = [];
        services.AddFleetMetadataTools();
        using ServiceProvider provider = services.BuildServiceProvider();

        ToolListing.Compare(provider.GetServices<McpServerTool>(), "Fleet.Metadata.Tests").Should().BeEmpty("a change of what models see is reviewed");
    }

    [Fact]
    public void AddFleetMetadataTools_Twice_OneTool()
    {
        ServiceCollection services = [];
        services.AddFleetMetadataTools();
        services.AddFleetMetadataTools();
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetServices<McpServerTool>().Should().ContainSingle().Which.ProtocolTool.Name.Should().Be("get_metadata");
    }

    [Fact]
    public void AddFleetMetadataTools_NameOfAnotherPackage_StopsTheHostAndNamesBoth()
    {
        ServiceCollection services = [];
        services.AddSingleton(McpServerTool.Create(() => "mine", new McpServerToolCreateOptions { Name = "get_metadata" }));
        services.AddFleetMetadataTools();
        using ServiceProvider provider = services.BuildServiceProvider();

        FluentActions.Invoking(() => provider.GetRequiredService<IStartupValidator>().Validate()).Should().Throw<OptionsValidationException>()
            .WithMessage("*'get_metadata'*Fleet.Metadata.Tests.Http.McpTests*Fleet.Metadata.Tools.MetadataTools (Fleet.Metadata)*");
    }

    private static async Task CheckAsync(McpClient client)
    {
        McpClientTool tool = (await client.ListToolsAsync()).Should().ContainSingle().Subject;
        tool.Name.Should().Be("get_metadata");
        tool.ProtocolTool.Annotations.Should().BeEquivalentTo(new { ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false });
        tool.ProtocolTool.OutputSchema.Should().NotBeNull();

        CallToolResult all = await tool.CallAsync();
        all.IsError.Should().NotBe(true);
        JsonElement structured = JsonSerializer.SerializeToElement(all.StructuredContent);
        MetadataFixture.Check(structured);
        structured.GetProperty("data").GetProperty("git_branch").GetProperty("value").GetString().Should().Be("main");

        CallToolResult one = await tool.CallAsync(new Dictionary<string, object?> { ["key"] = "git_commit_message" });
        JsonElement data = JsonSerializer.SerializeToElement(one.StructuredContent).GetProperty("data");
        data.EnumerateObject().Should().ContainSingle().Which.Value.GetProperty("value").GetString().Should().Be("Message");

        CallToolResult none = await tool.CallAsync(new Dictionary<string, object?> { ["key"] = "git_brunch" });
        none.IsError.Should().BeTrue();
        none.Content.OfType<TextContentBlock>().Single().Text.Should().Contain("git_brunch").And.Contain("git_branch");
    }
}
