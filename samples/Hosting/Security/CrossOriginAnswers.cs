using Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Hosting.Security;

/// <summary>
/// Lets browsers show the answers to pages of the listed origins. Loopback origins that are let in because none is listed get no such permission:
/// it would open a server without a token to every page a local program happens to serve.
/// </summary>
internal sealed class CrossOriginAnswers(McpHostOptions options)
{
    private const string Methods = "GET, POST, DELETE";
    private const string Exposed = $"{ProtocolHeaders.SessionId}, {ProtocolHeaders.ProtocolVersion}, WWW-Authenticate";
    private const string MaxAgeSeconds = "600";

    private readonly bool _enabled = options.AllowedOrigins.Count > 0;

    /// <summary>Adds what the browser needs to an answer; the origin has been checked. True when the request was only the browser's question.</summary>
    public bool Answer(HttpContext context)
    {
        if (!_enabled || context.Request.Headers.Origin is not [{ Length: > 0 } origin])
        {
            return false;
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        headers.AccessControlExposeHeaders = Exposed;
        if (!HttpMethods.IsOptions(context.Request.Method) || !context.Request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod))
        {
            return false;
        }

        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = MaxAgeSeconds;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
