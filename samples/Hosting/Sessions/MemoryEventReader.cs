using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting.Sessions;

/// <summary>Reads a stream on from the last event a client has seen.</summary>
internal sealed class MemoryEventReader(MemoryEventStream stream, long last) : ISseEventStreamReader
{
    public string SessionId => stream.SessionId;

    public string StreamId => stream.StreamId;

    public async IAsyncEnumerable<SseItem<JsonRpcMessage?>> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (long seen = last; ;)
        {
            var (events, final, changed) = stream.After(seen);
            foreach (var (number, item) in events)
            {
                yield return item;
                seen = number;
            }

            if (final && events.Count == 0)
            {
                yield break;
            }

            if (!final)
            {
                await changed.WaitAsync(cancellationToken);
            }
        }
    }
}
