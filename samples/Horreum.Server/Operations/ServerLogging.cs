using Horreum.Server.Configuration;
using Microsoft.Extensions.Logging.Console;

namespace Horreum.Server.Operations;

/// <summary>Logs to the console: JSON lines or text, to standard error when standard output carries MCP.</summary>
internal static class ServerLogging
{
    public static void Configure(ILoggingBuilder logging, ServerSettings settings)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(settings.LogLevel);

        // The framework's own lines about each request say nothing that ours do not.
        LogLevel framework = settings.LogLevel <= LogLevel.Debug ? LogLevel.Information : (LogLevel)Math.Max((int)settings.LogLevel, (int)LogLevel.Warning);
        logging.AddFilter("Microsoft", framework);
        logging.AddFilter("System", framework);
        logging.AddFilter("ModelContextProtocol", framework);
        logging.AddConsole(console =>
        {
            console.FormatterName = settings.JsonLogs ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple;
            console.LogToStandardErrorThreshold = settings.Host.Stdio ? LogLevel.Trace : LogLevel.None;
        });
        logging.AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
            console.FormatterName = settings.JsonLogs ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple);
    }
}
