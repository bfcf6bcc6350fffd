using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Hosting.Messages;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hosting.Http;

/// <summary>Reads the one message of a POST.</summary>
internal static class MessageBody
{
    /// <exception cref="RequestRejectedException">Not JSON, not one JSON-RPC message, nested too deep, or too large.</exception>
    public static async Task<JsonRpcMessage> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw RequestRejectedException.Invalid(
                $"The content type is '{request.ContentType}', but must be application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await ReadAsync(request.BodyReader, cancellationToken)
                ?? throw RequestRejectedException.Invalid("The body is null, but must be one JSON-RPC message.");
        }
        catch (JsonException)
        {
            throw new RequestRejectedException(
                StatusCodes.Status400BadRequest, McpErrorCode.ParseError, "The body is not one JSON-RPC 2.0 message (batches are not part of the protocol).");
        }
        catch (MessageRefusedException refused)
        {
            throw new RequestRejectedException(StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest, refused.Message) { Id = refused.Id };
        }
        catch (BadHttpRequestException exception)
        {
            throw new RequestRejectedException(exception.StatusCode, McpErrorCode.InvalidRequest, exception.Message);
        }
    }

    private static async Task<JsonRpcMessage?> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        ReadResult read = await body.ReadAsync(cancellationToken);
        while (!read.IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync(cancellationToken);
        }

        try
        {
            return IncomingMessage.Read(read.Buffer.IsSingleSegment ? read.Buffer.First : read.Buffer.ToArray());
        }
        finally
        {
            body.AdvanceTo(read.Buffer.End);
        }
    }
}
