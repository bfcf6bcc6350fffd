using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Says once a server that its messages are not as they should be; then only to those who look closely.</summary>
internal sealed partial class FrameWarnings(ILoggerFactory loggerFactory)
{
    private readonly ConcurrentDictionary<string, byte> _warned = new(StringComparer.Ordinal);
    private readonly ILogger _logger = loggerFactory.CreateLogger<FrameWarnings>();

    /// <summary>A message departs from the protocol.</summary>
    /// <param name="server">Who sent it.</param>
    /// <param name="oddity">What is wrong, as the end of a sentence that begins with "it".</param>
    public void Report(string server, string oddity)
    {
        string shown = VisibleText.Shorten(server);
        if (_warned.TryAdd(server, 0))
        {
            LogOddity(shown, oddity);
        }
        else
        {
            LogAnotherOddity(shown, oddity);
        }
    }

    [LoggerMessage(EventId = 3023, Level = LogLevel.Warning, Message =
        "{Server} sent a message that is not quite JSON-RPC 2.0: it {Oddity}. It was read as well as it can be; tell the server's author. Further ones are logged as debug.")]
    private partial void LogOddity(string server, string oddity);

    [LoggerMessage(EventId = 3024, Level = LogLevel.Debug, Message = "{Server} sent a message that is not quite JSON-RPC 2.0: it {Oddity}.")]
    private partial void LogAnotherOddity(string server, string oddity);
}
