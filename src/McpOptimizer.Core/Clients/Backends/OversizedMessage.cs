using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>What stands in for an answer that was too large to take, so that the one who waits for it hears of it and nobody else does.</summary>
internal static class OversizedMessage
{
    /// <summary>JSON-RPC error code; made up here and never sent to anybody.</summary>
    public const int Code = -32900;

    /// <summary>The error in place of the answer.</summary>
    /// <param name="id">Which request it answers.</param>
    /// <param name="bytes">How large it was.</param>
    public static JsonRpcError Create(RequestId id, long bytes) =>
        new() { Id = id, Error = new JsonRpcErrorDetail { Code = Code, Message = "too large", Data = bytes } };

    /// <summary>How large the message was.</summary>
    public static long BytesOf(JsonRpcError error) => error.Error.Data switch
    {
        long bytes => bytes,
        JsonElement { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out long bytes) => bytes,
        _ => 0,
    };
}
