using System.Collections.Concurrent;
using System.Globalization;
using ModelContextProtocol.Server;

namespace Hosting.Sessions;

/// <summary>Keeps the latest events of each stream of each session, until the session ends.</summary>
internal sealed class MemoryEventStore : ISseEventStreamStore
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, MemoryEventStream>> _sessions = new(StringComparer.Ordinal);

    public ValueTask<ISseEventStreamWriter> CreateStreamAsync(SseEventStreamOptions options, CancellationToken cancellationToken = default)
    {
        MemoryEventStream stream = new(options.SessionId, options.StreamId, options.Mode);
        _sessions.GetOrAdd(options.SessionId, _ => new(StringComparer.Ordinal))[stream.Key] = stream;
        return ValueTask.FromResult<ISseEventStreamWriter>(stream);
    }

    public ValueTask<ISseEventStreamReader?> GetStreamReaderAsync(string lastEventId, CancellationToken cancellationToken = default)
    {
        // An event id is session.stream.number; none of the first two has a dot.
        string[] parts = lastEventId.Split('.');
        MemoryEventStream? stream = null;
        if (parts.Length == 3
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long last)
            && _sessions.TryGetValue(parts[0], out ConcurrentDictionary<string, MemoryEventStream>? streams)
            && streams.TryGetValue(parts[1], out stream))
        {
            return ValueTask.FromResult<ISseEventStreamReader?>(new MemoryEventReader(stream, last));
        }

        return ValueTask.FromResult<ISseEventStreamReader?>(null);
    }

    public void Forget(string sessionId) => _sessions.TryRemove(sessionId, out _);
}
