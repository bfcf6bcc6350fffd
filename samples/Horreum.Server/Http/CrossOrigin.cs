namespace Horreum.Server.Http;

/// <summary>Cross-origin headers for the origins of <c>CORS_ORIGINS</c>.</summary>
internal static class CrossOrigin
{
    /// <summary>Adds the headers; true when the request was a preflight and is answered.</summary>
    public static bool Answer(HttpContext context, IReadOnlyList<string> origins)
    {
        if (origins.Count == 0 || context.Request.Headers.Origin is not [{ Length: > 0 } origin])
        {
            return false;
        }

        bool any = origins.Contains("*");
        if (!any && !origins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = any ? "*" : origin;
        headers.AccessControlExposeHeaders = "Mcp-Session-Id, X-Correlation-Id, Retry-After";
        headers.Vary = "Origin";
        if (!HttpMethods.IsOptions(context.Request.Method) || context.Request.Headers.AccessControlRequestMethod.Count == 0)
        {
            return false;
        }

        headers.AccessControlAllowMethods = "GET, POST, DELETE";
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
