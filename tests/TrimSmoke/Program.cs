using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TrimSmoke;

// A trimmed server without reflection-based JSON, and with all five packages in it: see .ci/trim-smoke.
HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddMcpServer().WithStdioServerTransport().WithTools<SumTool>(SmokeJson.DefaultOptions);
await builder.Build().RunAsync();
