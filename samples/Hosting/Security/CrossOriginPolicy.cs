using Hosting.Http;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace Hosting.Security;

/// <summary>
/// Lets browsers show the answers to pages of the listed origins. Loopback origins that are let in because none is listed get no such permission:
/// it would open a server without a token to every page a local program happens to serve.
/// </summary>
internal sealed class CrossOriginPolicy : CorsPolicy
{
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromMinutes(10);

    public CrossOriginPolicy(McpHostOptions options)
    {
        IsOriginAllowed = new OriginRule(options.AllowedOrigins).IsListed;
        Headers.Add("*");
        foreach (string method in (string[])["GET", "POST", "DELETE"])
        {
            Methods.Add(method);
        }

        foreach (string header in (string[])[ProtocolHeaders.SessionId, ProtocolHeaders.ProtocolVersion, HeaderNames.WWWAuthenticate, HeaderNames.RetryAfter])
        {
            ExposedHeaders.Add(header);
        }

        PreflightMaxAge = AskedAgainAfter;
    }
}
