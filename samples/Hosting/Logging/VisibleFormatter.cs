using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Hosting.Logging;

/// <summary>
/// Stands before a console formatter. What strangers wrote reaches the console in messages and exceptions: it must neither steer the terminal nor begin a line of its own,
/// which would look like a record of ours.
/// </summary>
internal sealed class VisibleFormatter(ConsoleFormatter inner) : ConsoleFormatter(inner.Name), IDisposable
{
    // "Hosting failed to start" with the whole stack: the one who started the host gets the reason as a sentence, or the exception itself.
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";
    private const int StartFailed = 11;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (logEntry.Category == HostCategory && logEntry.EventId.Id == StartFailed)
        {
            return;
        }

        Func<TState, Exception?, string> format = logEntry.Formatter;
        Exception? exception = logEntry.Exception;
        LogEntry<TState> visible = new(
            logEntry.LogLevel,
            logEntry.Category,
            logEntry.EventId,
            logEntry.State,
            exception is null ? null : new VisibleException(exception),
            (state, _) => VisibleText.Escape(format(state, exception)));
        inner.Write(visible, scopeProvider, textWriter);
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
