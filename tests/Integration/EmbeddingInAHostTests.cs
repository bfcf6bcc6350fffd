using Integration.Running;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shared.Testing;

namespace Integration;

/// <summary>The optimizer inside a plain console host: no web server, no sample.</summary>
public sealed class EmbeddingInAHostTests
{
    [Fact]
    public async Task ConsoleHost_WithOneLine_HasItInside()
    {
        using TemporaryFolder folder = new();
        SQLitePCL.Batteries_V2.Init();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddMcpOptimizer(options => options.Store.DatabasePath = folder.Combine("optimizer.db"));
        builder.Services.AddServersFileSource(Programs.ServersFile(folder.FullPath, ["one"]));
        using IHost host = builder.Build();
        await host.StartAsync();

        IngestionStatus status = host.Services.GetRequiredService<IngestionStatus>();
        await Eventually.IsAsync(() => Task.FromResult(status.IsFirstIngestionDone), "the first ingestion");
        IDiscoveryService discovery = host.Services.GetRequiredService<IDiscoveryService>();
        FindResult found = await discovery.FindAsync(new FindRequest { Query = new ToolQuery { Description = "echo a message back" } }, CallerIdentity.Anonymous);

        found.Tools[0].Hit.Tool.Name.Should().Be("echo");
        await host.StopAsync();
    }
}
