using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Hosting;

/// <summary>Reads which request a client no longer wants.</summary>
internal static class CancelledRequest
{
    public static RequestId? IdOf(JsonRpcMessage message)
    {
        if (message is not JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: JsonObject parameters })
        {
            return null;
        }

        return parameters["requestId"] is not JsonValue id ? null : id.GetValueKind() switch
        {
            JsonValueKind.String => new RequestId(id.GetValue<string>()),
            JsonValueKind.Number when id.TryGetValue(out long number) => new RequestId(number),
            _ => null,
        };
    }
}
