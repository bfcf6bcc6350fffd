// Finds the tool for a need among all that the servers of servers.json have, and calls it.
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddMcpOptimizer(options => options.Store.DatabasePath = Path.Combine(AppContext.BaseDirectory, "optimizer.db"));
builder.Services.AddServersFileSource(Path.Combine(AppContext.BaseDirectory, "servers.json"));
using IHost host = builder.Build();
await host.StartAsync();
await host.Services.GetRequiredService<IngestionStatus>().WaitForFirstIngestionAsync();

FindRequest need = new() { Query = new ToolQuery { Description = "how many days until the holidays" }, TokenBudget = 800 };
FindResult found = await host.Services.GetRequiredService<IDiscoveryService>().FindAsync(need, CallerIdentity.Anonymous);
IndexedTool best = found.Tools[0].Hit.Tool;
Console.WriteLine($"Found {best.ServerName}/{best.Name}.");

ToolCallRequest call = new()
{
    ServerName = best.ServerName,
    ToolName = best.Name,
    Arguments = JsonElement.Parse("""{ "from": "2026-12-01", "to": "2026-12-25" }"""),
};
VisibilityScope scope = host.Services.GetRequiredService<IVisibilityService>().ScopeOf(CallerIdentity.Anonymous);
ToolCallOutcome outcome = await host.Services.GetRequiredService<IToolCallService>().CallAsync(call, scope, CallContext.None);
Console.WriteLine($"It answered {outcome.Result["content"]![0]!["text"]}.");
await host.StopAsync();
