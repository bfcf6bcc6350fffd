using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Hosting.Stdio;

/// <summary>
/// One client over standard input and output. Standard output carries messages only: logs, and whatever a library prints, go to standard error.
/// </summary>
internal static class StdioHost
{
    public static IHost Build(HostApplicationBuilder builder, McpHostOptions options, Action<IHostApplicationBuilder> configure)
    {
        Console.SetOut(Console.Error);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        McpHost.AddServer(builder, options, configure);
        builder.Services.AddSingleton<StartGate>();
        builder.Services.AddSingleton<IConfigureOptions<McpServerOptions>>(services => services.GetRequiredService<StartGate>());
        builder.Services.AddSingleton<StdioService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StdioService>());
        return builder.Build();
    }
}
