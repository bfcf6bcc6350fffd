using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hosting.Http;

/// <summary>
/// The per-request era repeats parts of the body in headers, so that proxies can route without reading bodies. What the headers say must be what the body says,
/// or a proxy and this server would act on different requests.
/// </summary>
internal static class HeaderAgreement
{
    /// <exception cref="RequestRejectedException">A header is missing or contradicts the body, or required metadata is missing.</exception>
    public static void Check(HttpRequest request, JsonRpcRequest message)
    {
        CheckMetadata(request, message);
        CheckEqual(request, ProtocolHeaders.Method, message.Method);
        if (NameOf(message) is { } name)
        {
            CheckEqual(request, ProtocolHeaders.Name, name);
        }
    }

    private static void CheckMetadata(HttpRequest request, JsonRpcRequest message)
    {
        JsonObject? meta = RequestMetadata.Meta(message);
        string? version = RequestMetadata.Text(meta, MetaKeys.ProtocolVersion);
        if (version is null || meta?[MetaKeys.ClientCapabilities] is not JsonObject)
        {
            throw new RequestRejectedException(
                StatusCodes.Status400BadRequest,
                McpErrorCode.InvalidParams,
                $"params._meta must carry {MetaKeys.ProtocolVersion} and {MetaKeys.ClientCapabilities}.");
        }

        string header = request.Headers[ProtocolHeaders.ProtocolVersion].ToString();
        if (header != version)
        {
            throw RequestRejectedException.HeaderMismatch($"The header {ProtocolHeaders.ProtocolVersion} is '{header}', but the body says '{version}'.");
        }
    }

    private static void CheckEqual(HttpRequest request, string header, string expected)
    {
        if (!request.Headers.TryGetValue(header, out var values))
        {
            throw RequestRejectedException.HeaderMismatch($"The header {header} is missing, but the body says '{expected}'.");
        }

        string? decoded = values.Count == 1 ? McpHeaderEncoder.DecodeValue(values[0]) : null;
        if (decoded != expected)
        {
            throw RequestRejectedException.HeaderMismatch($"The header {header} is '{values}', but the body says '{expected}'.");
        }
    }

    private static string? NameOf(JsonRpcRequest message) => message.Method switch
    {
        RequestMethods.ToolsCall or RequestMethods.PromptsGet => RequestMetadata.Text(RequestMetadata.Parameters(message), "name"),
        RequestMethods.ResourcesRead => RequestMetadata.Text(RequestMetadata.Parameters(message), "uri"),
        _ => null,
    };
}
