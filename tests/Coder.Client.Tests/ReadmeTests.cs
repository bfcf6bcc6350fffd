using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace Coder.Client.Tests;

/// <summary>What the README shows, done.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task Register_AsTheReadmeSays_OffersTheTools()
    {
        ServiceCollection services = new();
        services.AddLogging();

        Register(services, "token");

        await using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetServices<McpServerTool>().Should().HaveCount(15);
    }

    private static void Register(IServiceCollection services, string token)
    {
        services.AddCoderClient(options =>
        {
            options.BaseAddress = new Uri("https://coder.example.com");
            options.SessionToken = token;
        });
        services.AddFleet(options => options.Owner = "me");   // the services; leave out for the client alone
        services.AddFleetTools();                             // the MCP tools, for any MCP server
    }
}
