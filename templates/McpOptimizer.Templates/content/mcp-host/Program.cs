using CompanyMcpHost;
using ModelContextProtocol.AspNetCore;

if (args.Contains("--stdio"))
{
    // One client over standard input and output, which then belong to the protocol: logs go to standard error.
    HostApplicationBuilder pipe = Host.CreateApplicationBuilder(args.Except(["--stdio"]).ToArray());
    pipe.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    pipe.Services.AddMcpServer().WithStdioServerTransport().WithTools<ClockTools>();
    await pipe.Build().RunAsync();
    return 0;
}

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// Running calls may finish when the server is asked to stop.
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
builder.Services.AddHealthChecks();
builder.Services.AddMcpServer()
    .WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.StatefulForInitializeClients)
    .WithTools<ClockTools>();

WebApplication app = builder.Build();
Access access = new(app.Configuration["BearerToken"]);
if (access.FindFault(app.Configuration["urls"]) is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 2;
}

app.UseWhen(context => context.Request.Path.StartsWithSegments("/mcp"), mcp => mcp.Use(access.CheckAsync));
app.MapHealthChecks("/health");
app.MapMcp("/mcp");
await app.RunAsync();
return 0;
