using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hosting.Sessions;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting.Http;

/// <summary>Continues a broken event stream where the client left off.</summary>
internal sealed class EventReplay(MemoryEventStore store)
{
    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <exception cref="RequestRejectedException">The event is not one of this session, or is no longer kept.</exception>
    public async Task WriteAsync(HttpResponse response, Stream body, HttpSession session, string lastEventId, CancellationToken cancellationToken)
    {
        ISseEventStreamReader? reader = await store.GetStreamReaderAsync(lastEventId, cancellationToken);
        if (reader?.SessionId != session.Id)
        {
            throw RequestRejectedException.Invalid($"The event '{lastEventId}' in {ProtocolHeaders.LastEventId} is not one of this session.");
        }

        EventStream.Begin(response);
        await body.FlushAsync(cancellationToken);
        await SseFormatter.WriteAsync(
            reader.ReadEventsAsync(cancellationToken),
            body,
            (item, buffer) =>
            {
                if (item.Data is not null)
                {
                    using Utf8JsonWriter writer = new(buffer);
                    JsonSerializer.Serialize(writer, item.Data, MessageType);
                }
            },
            cancellationToken);
    }
}
