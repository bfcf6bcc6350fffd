using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hosting.Http;

/// <summary>A request that the transport turns away: HTTP status and JSON-RPC error in one.</summary>
internal sealed class RequestRejectedException(int status, McpErrorCode code, string message, JsonObject? errorData = null) : Exception(message)
{
    public int Status => status;

    public McpErrorCode Code => code;

    /// <summary>The id of the request, where it is known although the message was not taken.</summary>
    public RequestId Id { get; init; }

    public JsonObject? ErrorData => errorData;

    public static RequestRejectedException Invalid(string message, int status = StatusCodes.Status400BadRequest) =>
        new(status, McpErrorCode.InvalidRequest, message);

    public static RequestRejectedException HeaderMismatch(string message) => new(StatusCodes.Status400BadRequest, McpErrorCode.HeaderMismatch, message);
}
