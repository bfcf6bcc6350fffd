// One optimizer for several tenants: each sees, finds and calls only what its profile allows.
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddMcpOptimizer(options =>
{
    options.Store.DatabasePath = Path.Combine(AppContext.BaseDirectory, "optimizer.db");
    options.Profiles["readers"] = new ProfileSettings { ReadOnly = true, CallsPerMinute = 60 };
    options.Profiles["hotel"] = new ProfileSettings { Servers = ["clock"], DenyTools = ["clock/days_between"] };
});
builder.Services.AddServersFileSource(Path.Combine(AppContext.BaseDirectory, "servers.json"));
using IHost host = builder.Build();
await host.StartAsync();
await host.Services.GetRequiredService<IngestionStatus>().WaitForFirstIngestionAsync();

IDiscoveryService discovery = host.Services.GetRequiredService<IDiscoveryService>();
IVisibilityService visibility = host.Services.GetRequiredService<IVisibilityService>();
IToolCallService calls = host.Services.GetRequiredService<IToolCallService>();
ToolCallRequest wake = new() { ServerName = "clock", ToolName = "set_alarm", Arguments = JsonElement.Parse("""{ "at": "07:00" }""") };
foreach (string tenant in new[] { "readers", "hotel", "nobody" })
{
    CallerIdentity caller = new() { Profile = tenant };
    string visible = string.Join(", ", discovery.List(caller).Select(tool => tool.Name).Order(StringComparer.Ordinal));
    ToolCallOutcome outcome = await calls.CallAsync(wake, visibility.ScopeOf(caller), CallContext.None);
    Console.WriteLine($"{tenant} sees {(visible.Length == 0 ? "nothing" : visible)}; the alarm: {outcome.Status}.");
}

await host.StopAsync();
