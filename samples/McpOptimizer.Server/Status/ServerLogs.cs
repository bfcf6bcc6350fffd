using System.Collections.Concurrent;

namespace McpOptimizer.Server.Status;

/// <summary>Keeps the last lines that each server wrote, in memory. Listens to the records of the processes, whatever the console shows of them.</summary>
internal sealed class ServerLogs(TimeProvider clock) : ILoggerProvider
{
    /// <summary>Who logs what servers write.</summary>
    public const string Category = "McpOptimizer.Core.Clients.Backends.BackendProcess";

    private const int MostLines = 200;
    private const int MostServers = 1000;
    private const string Server = "Server";

    private readonly ConcurrentDictionary<string, Queue<ServerLine>> _lines = new(StringComparer.Ordinal);

    /// <summary>Keeps lines from now on.</summary>
    public static void AddTo(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ServerLogs>();
        builder.Services.AddSingleton<ILoggerProvider>(services => services.GetRequiredService<ServerLogs>());
        builder.Logging.AddFilter<ServerLogs>(null, LogLevel.None).AddFilter<ServerLogs>(Category, LogLevel.Debug);
    }

    /// <summary>The lines of a server; empty when it wrote none or was not started.</summary>
    public IReadOnlyList<ServerLine> Of(string server)
    {
        if (!_lines.TryGetValue(server, out Queue<ServerLine>? lines))
        {
            return [];
        }

        lock (lines)
        {
            return [.. lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => new Listener(categoryName == Category ? this : null);

    public void Dispose()
    {
    }

    private void Keep(string server, string text)
    {
        if (_lines.Count >= MostServers && !_lines.ContainsKey(server))
        {
            return;
        }

        Queue<ServerLine> lines = _lines.GetOrAdd(server, _ => new Queue<ServerLine>());
        lock (lines)
        {
            lines.Enqueue(new ServerLine(clock.GetUtcNow(), text));
            while (lines.Count > MostLines)
            {
                lines.Dequeue();
            }
        }
    }

    private sealed class Listener(ServerLogs? logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logs is not null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logs is not null && state is IReadOnlyList<KeyValuePair<string, object?>> values
                && values.FirstOrDefault(value => value.Key == Server).Value is string server)
            {
                string text = formatter(state, exception);
                logs.Keep(server, text.StartsWith(server + ": ", StringComparison.Ordinal) ? text[(server.Length + 2)..] : $"({text.TrimEnd('.')})");
            }
        }
    }
}
