using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hosting.Http;

/// <summary>Reads the one message of a POST.</summary>
internal static class MessageBody
{
    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <exception cref="RequestRejectedException">Not JSON, not one JSON-RPC message, or too large.</exception>
    public static async Task<JsonRpcMessage> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw RequestRejectedException.Invalid(
                $"The content type is '{request.ContentType}', but must be application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, MessageType, cancellationToken)
                ?? throw RequestRejectedException.Invalid("The body is null, but must be one JSON-RPC message.");
        }
        catch (JsonException)
        {
            throw new RequestRejectedException(
                StatusCodes.Status400BadRequest, McpErrorCode.ParseError, "The body is not one JSON-RPC 2.0 message (batches are not part of the protocol).");
        }
        catch (BadHttpRequestException exception)
        {
            throw new RequestRejectedException(exception.StatusCode, McpErrorCode.InvalidRequest, exception.Message);
        }
    }
}
