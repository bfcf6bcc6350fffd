// The optimizer inside a web application: its own endpoint for people, MCP for agents on the official transport.
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddMcpOptimizer(
    options => options.Store.DatabasePath = Path.Combine(AppContext.BaseDirectory, "optimizer.db"),
    builder.Configuration.GetSection("McpOptimizer"));
builder.Services.AddServersFileSource(Path.Combine(AppContext.BaseDirectory, "servers.json"));
builder.Services.AddMcpServer().WithHttpTransport();
builder.Services.AddMcpOptimizerTools();

WebApplication app = builder.Build();
app.MapMcp("/mcp");
app.MapGet("/find", async (string need, IDiscoveryService discovery, CancellationToken cancellationToken) =>
{
    FindResult found = await discovery.FindAsync(new FindRequest { Query = new ToolQuery { Description = need } }, CallerIdentity.Anonymous, cancellationToken);
    return found.Tools.Select(tool => $"{tool.Hit.Tool.ServerName}/{tool.Hit.Tool.Name}");
});
app.MapGet("/ready", (IngestionStatus status) => status.IsReady ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
await app.RunAsync();
