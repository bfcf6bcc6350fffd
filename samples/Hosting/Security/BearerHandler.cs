using System.Security.Claims;
using System.Text.Encodings.Web;
using Hosting.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Hosting.Security;

/// <summary>Reads the bearer token of a request; on a host without tokens, the local secret.</summary>
internal sealed class BearerHandler(
    HostCredentials credentials,
    McpHostOptions host,
    RefusalLog refusals,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggerFactory,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggerFactory, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = SchemeName + " ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Not a failure: without tokens the header is for somebody behind this host. The challenge tells a wrong token from a missing one.
        return Task.FromResult(Presented() is { } token && credentials.Identify(token) is { } identity
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName))
            : AuthenticateResult.NoResult());
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        bool wrong = Presented() is not null;
        string realm = host.Name.Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);
        Response.Headers.WWWAuthenticate = $"Bearer realm=\"{realm}\"" + (wrong ? ", error=\"invalid_token\"" : "");
        string sentence = wrong ? "The bearer token is not valid." : "A bearer token is required.";
        refusals.Write(Refused.Authentication, Context, $"{Request.Method} {Request.Path}: {sentence}");
        return Refusal.WriteAsync(Context, StatusCodes.Status401Unauthorized, credentials.AnyToken ? sentence : credentials.SecretSentence);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        const string Sentence = "This token may not do that: Host:Admins names the subjects that may.";
        refusals.Write(Refused.Right, Context, $"{Request.Method} {Request.Path}: subject '{Context.User.FindFirstValue(ClaimTypes.NameIdentifier)}' is not among Host:Admins.");
        return Refusal.WriteAsync(Context, StatusCodes.Status403Forbidden, Sentence);
    }

    private string? Presented() =>
        Request.Headers[HeaderNames.Authorization] is [{ } value] && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? value[Prefix.Length..].Trim()
            : null;
}
