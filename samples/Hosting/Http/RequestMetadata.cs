using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Hosting.Http;

/// <summary>Reads the parts of a message that the transport must agree with.</summary>
internal static class RequestMetadata
{
    public static JsonObject? Parameters(JsonRpcMessage message) => message switch
    {
        JsonRpcRequest request => request.Params as JsonObject,
        JsonRpcNotification notification => notification.Params as JsonObject,
        _ => null,
    };

    public static JsonObject? Meta(JsonRpcMessage message) => Parameters(message)?["_meta"] as JsonObject;

    public static string? ProtocolVersion(JsonRpcMessage message) => Text(Meta(message), MetaKeys.ProtocolVersion);

    public static RequestId Id(JsonRpcMessage message) => message is JsonRpcMessageWithId identified ? identified.Id : default;

    public static string? Method(JsonRpcMessage message) => message switch
    {
        JsonRpcRequest request => request.Method,
        JsonRpcNotification notification => notification.Method,
        _ => null,
    };

    public static string? Text(JsonObject? container, string name) =>
        container?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
