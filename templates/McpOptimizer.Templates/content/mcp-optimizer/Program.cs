using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using ModelContextProtocol.AspNetCore;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// Which servers there are; changes of the file are taken in while this runs.
builder.Services.AddServersFileSource(Path.Combine(builder.Environment.ContentRootPath, "servers.json"));
builder.Services.AddMcpOptimizer(
    options => options.Store.DatabasePath = Path.Combine(builder.Environment.ContentRootPath, "optimizer.db"),
    builder.Configuration.GetSection("McpOptimizer"));

// find_tool, call_tool and the others as MCP tools, for both protocol eras on one address.
builder.Services.AddMcpServer().WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.StatefulForInitializeClients);
builder.Services.AddMcpOptimizerTools();

WebApplication app = builder.Build();

// Pages of other sites that a browser on this machine shows must not use it.
app.Use((context, next) =>
{
    string origin = context.Request.Headers.Origin.ToString();
    if (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? site) && site.IsLoopback))
    {
        return next(context);
    }

    context.Response.StatusCode = StatusCodes.Status403Forbidden;
    return Task.CompletedTask;
});
app.MapMcp("/mcp");

// The same services for your own pages and endpoints.
app.MapGet("/find", async (string need, IDiscoveryService discovery, CancellationToken cancellationToken) =>
{
    FindResult found = await discovery.FindAsync(new FindRequest { Query = new ToolQuery { Description = need } }, CallerIdentity.Anonymous, cancellationToken);
    return found.Tools.Select(tool => new { server = tool.Hit.Tool.ServerName, tool = tool.Hit.Tool.Name, score = tool.Hit.Score });
});
app.MapGet("/ready", (IngestionStatus status) => Results.Text(status.IsReady ? "ready" : "starting", statusCode: status.IsReady ? 200 : 503));
await app.RunAsync();
