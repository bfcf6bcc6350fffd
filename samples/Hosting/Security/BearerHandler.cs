using System.Security.Claims;
using System.Text.Encodings.Web;
using Hosting.Http;
using Hosting.Security.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Hosting.Security;

/// <summary>Reads the bearer token of a request: a static one, or one of the issuer; on a host without static ones, the local secret.</summary>
internal sealed class BearerHandler(
    HostCredentials credentials,
    McpHostOptions host,
    ResourceMetadata metadata,
    RefusalLog refusals,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggerFactory,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggerFactory, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = SchemeName + " ";
    private const string RetryAfterSeconds = "10";

    /// <summary>The bearer token that a request brings; null for none.</summary>
    public static string? Presented(HttpRequest request) =>
        request.Headers[HeaderNames.Authorization] is [{ } value] && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? value[Prefix.Length..].Trim()
            : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Presented(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (credentials.Identify(token, Context.Connection.RemoteIpAddress) is { } identity)
        {
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
        }

        // Not a failure: without tokens the header is for somebody behind this host. The challenge tells a wrong token from a missing one.
        return host.Jwt.IsOn && JwtSignIn.LooksLikeOne(token) ? await Context.AuthenticateAsync(JwtSignIn.SchemeName) : AuthenticateResult.NoResult();
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Exception? failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        if (failure is IssuerUnavailableException)
        {
            refusals.Write(Refused.Authentication, Context, $"{Request.Method} {Request.Path}: {failure.Message}");
            Response.Headers.RetryAfter = RetryAfterSeconds;
            await Refusal.WriteAsync(Context, StatusCodes.Status503ServiceUnavailable, "The token cannot be checked, because its issuer does not answer. Try again later.");
            return;
        }

        SignInFault? fault = failure as SignInFault;
        string? scope = fault?.MissingScope;
        bool wrong = Presented(Request) is not null;
        string error = scope is not null ? $", error=\"insufficient_scope\", scope=\"{Quoted(scope)}\"" : wrong ? ", error=\"invalid_token\"" : "";
        string discovery = host.Jwt.IsOn ? $", resource_metadata=\"{metadata.AddressFor(Context)}\"" : "";
        Response.Headers.WWWAuthenticate = $"Bearer realm=\"{Quoted(host.Name)}\"{discovery}{error}";
        string sentence = !wrong ? "A bearer token is required." : fault is null ? "The bearer token is not valid." : $"The bearer token is not valid: it {fault.Message}.";
        refusals.Write(Refused.Authentication, Context, $"{Request.Method} {Request.Path}: {sentence}");
        int status = scope is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
        await Refusal.WriteAsync(Context, status, credentials.TokenRequired ? sentence : credentials.SecretSentence);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        string sentence = host.Jwt.IsOn ? "This token may not do that: Host:Admins names the subjects and groups that may." : "This token may not do that: Host:Admins names the subjects that may.";
        refusals.Write(Refused.Right, Context, $"{Request.Method} {Request.Path}: subject '{HostUser.Subject(Context.User)}' is not among Host:Admins.");
        return Refusal.WriteAsync(Context, StatusCodes.Status403Forbidden, sentence);
    }

    private static string Quoted(string text) => text.Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);
}
