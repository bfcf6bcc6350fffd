using Hosting.Health;
using Hosting.Http;
using Microsoft.AspNetCore.Http;

namespace Hosting.Security;

/// <summary>Stands before every route except the two health routes: host name and web origin. Tokens are asked for after it.</summary>
internal sealed class AccessCheck(McpHostOptions options, HostCredentials credentials, RefusalLog refusals)
{
    private const string FetchSite = "Sec-Fetch-Site";

    private readonly HostRule _hosts = new(options);
    private readonly OriginRule _origins = new(options.AllowedOrigins);
    private readonly PathString _mcpPath = options.McpPath;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (HealthEndpoints.Owns(context.Request.Path))
        {
            return next(context);
        }

        if (FindFault(context.Request) is { } fault)
        {
            refusals.Write(fault.Kind, context, fault.Sentence);
            return Refusal.WriteAsync(context, StatusCodes.Status403Forbidden, fault.Sentence);
        }

        return next(context);
    }

    /// <summary>Whether a probe may be told more than one word: who asks would be let in elsewhere too.</summary>
    public bool MaySeeDetails(HttpContext context) =>
        FindFault(context.Request) is null && (!credentials.TokenRequired || context.User.Identity?.IsAuthenticated == true);

    private (Refused Kind, string Sentence)? FindFault(HttpRequest request)
    {
        if (!_hosts.Allows(request.Host.Host))
        {
            return (Refused.Host, $"This server does not answer for the host name '{request.Host.Host}'.");
        }

        // An MCP message needs a content type that no foreign page may send unasked. Every other route could be asked by a mere link or image.
        bool plain = !request.Path.StartsWithSegments(_mcpPath);
        foreach (string? origin in request.Headers.Origin)
        {
            if (!_origins.Allows(origin ?? "") || (plain && !_origins.IsListed(origin ?? "") && !IsOwn(origin, request)))
            {
                return (Refused.Origin, $"Requests from the origin '{origin}' are not allowed.");
            }
        }

        return plain && request.Headers.Origin.Count == 0 && request.Headers[FetchSite].Contains("cross-site", StringComparer.OrdinalIgnoreCase)
            ? (Refused.Origin, "Requests that a page of another site makes are not allowed.")
            : null;
    }

    private static bool IsOwn(string? origin, HttpRequest request) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
