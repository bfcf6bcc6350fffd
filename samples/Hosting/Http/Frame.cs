using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Hosting.Http;

/// <summary>What the form of a response depends on in one of its messages.</summary>
/// <param name="IsWhole">The answer; nothing follows it.</param>
/// <param name="IsRequest">A request of the server.</param>
/// <param name="ErrorCode">The code of an answer that is an error.</param>
/// <param name="Id">The id of a request.</param>
internal readonly record struct Frame(bool IsWhole, bool IsRequest, int? ErrorCode, RequestId Id)
{
    public static Frame Of(JsonRpcMessage message) => message switch
    {
        JsonRpcError error => new Frame(true, false, error.Error.Code, default),
        JsonRpcResponse => new Frame(true, false, null, default),
        JsonRpcRequest request => new Frame(false, true, null, request.Id),
        _ => default,
    };

    /// <summary>Reads the data of an event; an event without data only marks a position.</summary>
    public static Frame Of(ReadOnlyMemory<byte> data)
    {
        if (data.IsEmpty)
        {
            return default;
        }

        using JsonDocument document = JsonDocument.Parse(data);
        JsonElement message = document.RootElement;
        bool hasMethod = message.TryGetProperty("method", out _);
        bool hasId = message.TryGetProperty("id", out JsonElement id);
        int? code = message.TryGetProperty("error", out JsonElement error) ? error.GetProperty("code").GetInt32() : null;
        return new Frame(!hasMethod, hasMethod && hasId, code, hasId ? ReadId(id) : default);
    }

    private static RequestId ReadId(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.Number => new RequestId(id.GetInt64()),
        JsonValueKind.String => new RequestId(id.GetString()!),
        _ => default,
    };
}
