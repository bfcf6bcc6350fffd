using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Hosting.Security;

/// <summary>What opens this host, and what one may do with it. Fails closed: a right that nobody was given nobody has.</summary>
internal sealed class HostCredentials
{
    public const string AdminPolicy = "admin";

    private const string AdminRole = "admin";

    private readonly McpHostOptions _options;
    private readonly BearerTokens _tokens;
    private readonly string? _secret;

    /// <exception cref="McpHostConfigurationException">A token, or the file of the secret, cannot be used.</exception>
    public HostCredentials(McpHostOptions options)
    {
        _options = options;
        _tokens = BearerTokens.Read(options);
        _secret = TokenRequired || options.LocalSecretFile is null ? null : LocalSecret.Obtain(options.LocalSecretFile);
    }

    /// <summary>Whether this host has a token or lets people sign in, so that every request needs a token.</summary>
    public bool TokenRequired => _tokens.Any || _options.Jwt.IsOn;

    /// <summary>What to tell whom the local secret would let in.</summary>
    public string SecretSentence => _options.LocalSecretFile is null
        ? "This host has no token and no Host:LocalSecretFile, so nobody may do that."
        : $"This needs the secret in {_options.LocalSecretFile} as bearer token.";

    /// <summary>Whose token it is; null when it is nobody's. The local secret has no subject.</summary>
    public ClaimsIdentity? Identify(string token)
    {
        if (_secret is not null)
        {
            return LocalSecret.Equals(_secret, token) ? new ClaimsIdentity([Administrator()], BearerHandler.SchemeName) : null;
        }

        if (_tokens.FindSubject(token) is not { } subject)
        {
            return null;
        }

        List<Claim> claims = [new Claim(ClaimTypes.NameIdentifier, subject), new Claim(ClaimTypes.Name, subject)];
        if (_options.Admins.Contains(subject))
        {
            claims.Add(Administrator());
        }

        return new ClaimsIdentity(claims, BearerHandler.SchemeName);
    }

    /// <summary>The claim of whoever may do what <see cref="McpHostOptions.Admins"/> is for.</summary>
    public static Claim Administrator() => new(ClaimTypes.Role, AdminRole);

    public static bool IsAdmin(ClaimsPrincipal user) => user.IsInRole(AdminRole);

    public void AddPolicies(AuthorizationOptions authorization)
    {
        authorization.AddPolicy(AdminPolicy, policy => policy.RequireAssertion(MayAdminister));
        if (TokenRequired)
        {
            authorization.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        }
    }

    // Without tokens whoever reaches the host may read; changing needs the secret.
    private bool MayAdminister(AuthorizationHandlerContext context) =>
        IsAdmin(context.User) || (!TokenRequired && context.Resource is HttpContext http && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)));
}
