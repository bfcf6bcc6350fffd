using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Hosting.Logging;

/// <summary>
/// One line a record, coloured where standard error is a terminal and <c>NO_COLOR</c> is not set. An exception shows its message; its stack from errors on.
/// </summary>
internal sealed class LineFormatter(TimeProvider clock) : ConsoleFormatter(LineLogs.FormatterName)
{
    private const string Plain = "\u001b[0m";

    private readonly bool _colours = !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        (string word, string colour) = logEntry.LogLevel switch
        {
            LogLevel.Trace => ("trace", "\u001b[2m"),
            LogLevel.Debug => ("debug", "\u001b[2m"),
            LogLevel.Information => ("info", "\u001b[32m"),
            LogLevel.Warning => ("warning", "\u001b[33m"),
            _ => ("error", "\u001b[31m"),
        };
        textWriter.Write(clock.GetLocalNow().ToString("HH:mm:ss ", CultureInfo.InvariantCulture));
        textWriter.Write(_colours ? $"{colour}{word}{Plain} " : word + " ");
        string message = logEntry.Formatter(logEntry.State, null);
        textWriter.Write(message);
        if (logEntry.Exception is { } exception)
        {
            // A record without words of its own, or whose words are the exception's.
            textWriter.Write(message.Length == 0 || message.Contains(exception.Message, StringComparison.Ordinal) ? "" : $" {exception.Message}");
            if (logEntry.LogLevel >= LogLevel.Error)
            {
                textWriter.WriteLine();
                textWriter.Write(exception.ToString());
            }
        }

        textWriter.WriteLine();
    }
}
