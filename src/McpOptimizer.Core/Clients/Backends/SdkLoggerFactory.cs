using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// Loggers for one backend's session. What they write holds no secret of the backend, whatever it said. The SDK's own lines come at debug level at most and
/// without stack traces: what matters in them is said once, in a sentence of ours, by the one who knows what it means. Its trace level is off: there it writes
/// whole messages, with a writer that ends the call when a message is nested deeper than 64 levels.
/// </summary>
internal sealed class SdkLoggerFactory(ILoggerFactory inner, SecretRedactor redactor) : ILoggerFactory
{
    private const string SdkCategories = "ModelContextProtocol";

    public ILogger CreateLogger(string categoryName) =>
        new Redacting(inner.CreateLogger(categoryName), redactor, categoryName.StartsWith(SdkCategories, StringComparison.Ordinal));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
        // The host's factory lives on.
    }

    private sealed class Redacting(ILogger inner, SecretRedactor redactor, bool isSdk) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => !(isSdk && logLevel == LogLevel.Trace) && inner.IsEnabled(Lowered(logLevel));

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            LogLevel level = Lowered(logLevel);
            if (!IsEnabled(logLevel))
            {
                return;
            }

            string text = formatter(state, exception);
            if (isSdk && exception is not null)
            {
                text = $"{text} {exception.GetType().Name}: {exception.Message}";
            }

            string clean = redactor.Redact(text);
            if (!isSdk && exception is null && ReferenceEquals(clean, text))
            {
                inner.Log(level, eventId, state, null, formatter);
            }
            else
            {
                inner.Log(level, eventId, clean, null, static (line, _) => line);
            }
        }

        private LogLevel Lowered(LogLevel level) => isSdk && level is > LogLevel.Debug and < LogLevel.None ? LogLevel.Debug : level;
    }
}
