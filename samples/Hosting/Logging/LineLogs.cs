using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Hosting.Logging;

/// <summary>Makes the console show each record on one line, for a person: time, how bad, what.</summary>
public static class LineLogs
{
    /// <summary>The formatter's name, for settings that name another.</summary>
    public const string FormatterName = "line";

    /// <summary>Registers the formatter and chooses it.</summary>
    public static void AddTo(ILoggingBuilder logging)
    {
        ArgumentNullException.ThrowIfNull(logging);
        logging.Services.AddSingleton<ConsoleFormatter, LineFormatter>();
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName ??= FormatterName);
    }
}
