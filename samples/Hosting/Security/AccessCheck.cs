using System.Security.Claims;
using Hosting.Health;
using Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Hosting.Security;

/// <summary>Stands before every route except the two health routes: host name, web origin, bearer token, in this order.</summary>
internal sealed class AccessCheck(McpHostOptions options)
{
    private const string Scheme = "Bearer ";

    private readonly HostRule _hosts = new(options);
    private readonly OriginRule _origins = new(options.AllowedOrigins);
    private readonly CrossOriginAnswers _crossOrigin = new(options);
    private readonly BearerTokens _tokens = BearerTokens.Read(options);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (HealthEndpoints.Owns(request.Path))
        {
            return next(context);
        }

        if (!_hosts.Allows(request.Host.Host))
        {
            return Refusal.WriteAsync(context, StatusCodes.Status403Forbidden, $"This server does not answer for the host name '{request.Host.Host}'.");
        }

        foreach (string? origin in request.Headers.Origin)
        {
            if (!_origins.Allows(origin ?? ""))
            {
                return Refusal.WriteAsync(context, StatusCodes.Status403Forbidden, $"Requests from the origin '{origin}' are not allowed.");
            }
        }

        if (_crossOrigin.Answer(context))
        {
            return Task.CompletedTask;
        }

        return _tokens.Any && !Authenticate(context) ? ChallengeAsync(context) : next(context);
    }

    private bool Authenticate(HttpContext context)
    {
        if (Presented(context) is not { } token || _tokens.FindSubject(token) is not { } subject)
        {
            return false;
        }

        Claim[] claims = [new Claim(ClaimTypes.NameIdentifier, subject), new Claim(ClaimTypes.Name, subject)];
        context.User = new ClaimsPrincipal(new ClaimsIdentity(claims, "Bearer"));
        return true;
    }

    private Task ChallengeAsync(HttpContext context)
    {
        string realm = options.Name.Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);
        bool wrong = Presented(context) is not null;
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{realm}\"" + (wrong ? ", error=\"invalid_token\"" : "");
        return Refusal.WriteAsync(context, StatusCodes.Status401Unauthorized, wrong ? "The bearer token is not valid." : "A bearer token is required.");
    }

    private static string? Presented(HttpContext context) =>
        context.Request.Headers[HeaderNames.Authorization] is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value[Scheme.Length..].Trim()
            : null;
}
