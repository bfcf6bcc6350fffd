using Integration.Running;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shared.Testing;

namespace Integration;

/// <summary>What the README of McpOptimizer.Core shows, done.</summary>
public sealed class OptimizerReadmeTests
{
    [Fact]
    public async Task Snippets_RunAsWritten()
    {
        using TemporaryFolder folder = new();
        SQLitePCL.Batteries_V2.Init();
        string database = folder.Combine("optimizer.db");
        string serversFile = Programs.ServersFile(folder.FullPath, ["one"]);

        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddMcpOptimizer(options => options.Store.DatabasePath = database);
        builder.Services.AddServersFileSource(serversFile);

        using IHost host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IngestionStatus>().WaitForFirstIngestionAsync();

        IDiscoveryService discovery = host.Services.GetRequiredService<IDiscoveryService>();
        FindRequest need = new() { Query = new ToolQuery { Description = "echo a message back" }, TokenBudget = 800 };
        FindResult found = await discovery.FindAsync(need, CallerIdentity.Anonymous);

        found.Tools[0].Hit.Tool.Name.Should().Be("echo");
        await host.StopAsync();
    }
}
