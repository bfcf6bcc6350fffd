using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hosting.Http;

/// <summary>Writes a JSON-RPC error as the whole response.</summary>
internal static class JsonRpcReply
{
    private const string RetryAfterSeconds = "10";

    public static async Task WriteAsync(HttpResponse response, RequestId id, RequestRejectedException rejection)
    {
        response.StatusCode = rejection.Status;
        response.ContentType = "application/json";
        if (rejection.Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds;
        }

        await using Utf8JsonWriter writer = new(response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        WriteId(writer, id);
        writer.WriteStartObject("error");
        writer.WriteNumber("code", (int)rejection.Code);
        writer.WriteString("message", rejection.Message);
        if (rejection.ErrorData is not null)
        {
            writer.WritePropertyName("data");
            rejection.ErrorData.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The HTTP status that a JSON-RPC error has in the per-request era, where the response has not started yet.</summary>
    public static int StatusOf(int? errorCode) => (McpErrorCode?)errorCode switch
    {
        McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
        McpErrorCode.HeaderMismatch or McpErrorCode.MissingRequiredClientCapability or McpErrorCode.UnsupportedProtocolVersion
            or McpErrorCode.InvalidRequest or McpErrorCode.ParseError => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status200OK,
    };

    private static void WriteId(Utf8JsonWriter writer, RequestId id)
    {
        switch (id.Id)
        {
            case long number:
                writer.WriteNumber("id", number);
                break;
            case string text:
                writer.WriteString("id", text);
                break;
            default:
                writer.WriteNull("id");
                break;
        }
    }
}
