using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Coder.Client.Clients.Wire;
using Coder.Client.Models;
using Coder.Client.Services;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;
using Shared.Conventions;

namespace Coder.Client.Tests;

/// <summary>The README's code is the code of this file, so that it compiles.</summary>
public sealed partial class ReadmeTests
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

    internal static async Task CallAsync(ICoderClient coder, IAgentApiClient agentApi, IAgentService agents, IAgentLifecycleService lifecycle, Uri agentAddress)
    {
        Workspace workspace = await coder.Workspaces.GetByNameAsync("me", "henk");
        await foreach (AgentApiEvent happening in agentApi.ReadEventsAsync(agentAddress))
        {
            Console.WriteLine(happening);
        }

        Agent agent = await agents.CreateAsync(new NewAgent { Name = "henk", Project = "Setup", Task = "Fix the build" });
        WaitOutcome outcome = await lifecycle.WaitAsync(agent.Name, AgentStatus.Idle, TimeSpan.FromMinutes(5));
        Console.WriteLine($"{workspace.Name}: {outcome.Reached}");
    }

    // Indentation differs between a page and a method.
    private static string Normal(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
