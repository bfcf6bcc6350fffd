using System.Collections.Concurrent;
using System.Globalization;
using ModelContextProtocol.Server;

namespace Hosting.Sessions;

/// <summary>Keeps the latest events of the latest streams of each session, until the session ends.</summary>
internal sealed class MemoryEventStore : ISseEventStreamStore
{
    private readonly ConcurrentDictionary<string, SessionEvents> _sessions = new(StringComparer.Ordinal);

    public ValueTask<ISseEventStreamWriter> CreateStreamAsync(SseEventStreamOptions options, CancellationToken cancellationToken = default)
    {
        MemoryEventStream stream = new(options.SessionId, options.StreamId, options.Mode);
        _sessions.GetOrAdd(options.SessionId, _ => new SessionEvents()).Add(stream);
        return ValueTask.FromResult<ISseEventStreamWriter>(stream);
    }

    public ValueTask<ISseEventStreamReader?> GetStreamReaderAsync(string lastEventId, CancellationToken cancellationToken = default)
    {
        // An event id is session.stream.number; none of the first two has a dot.
        ISseEventStreamReader? reader = null;
        if (lastEventId.Split('.') is [string session, string key, string number]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long last)
            && _sessions.TryGetValue(session, out SessionEvents? events)
            && events.Find(key) is { } stream)
        {
            reader = new MemoryEventReader(stream, last);
        }

        return ValueTask.FromResult(reader);
    }

    public void Forget(string sessionId) => _sessions.TryRemove(sessionId, out _);
}
