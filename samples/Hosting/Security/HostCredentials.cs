using System.Net;
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
        try
        {
            // Who has a token of his own needs no other.
            _secret = _tokens.Any || options.LocalSecretFile is null ? null : LocalSecret.Obtain(options.LocalSecretFile);
        }
        catch (McpHostConfigurationException exception) when (options.Jwt.IsOn)
        {
            // People sign in all the same; the folder may be one that nobody writes to.
            SecretFault = exception.Message;
        }
    }

    /// <summary>Why a host that lets people sign in goes without its local secret; null when it has one, or needs none.</summary>
    public string? SecretFault { get; }

    /// <summary>Whether this host has a token or lets people sign in, so that every request needs a token.</summary>
    public bool TokenRequired => _tokens.Any || _options.Jwt.IsOn;

    /// <summary>What to tell whom the local secret would let in.</summary>
    public string SecretSentence => _options.LocalSecretFile is null
        ? "This host has no token and no Host:LocalSecretFile, so nobody may do that."
        : $"This needs the secret in {_options.LocalSecretFile} as bearer token.";

    /// <summary>Whose token it is; null when it is nobody's. The local secret has no subject.</summary>
    /// <param name="token">What was presented.</param>
    /// <param name="peer">Who presented it. A host that others reach takes the local secret from this machine only.</param>
    public ClaimsIdentity? Identify(string token, IPAddress? peer)
    {
        if (_secret is not null)
        {
            bool here = !TokenRequired || (peer is not null && IPAddress.IsLoopback(peer));
            return here && LocalSecret.Equals(_secret, token) ? new ClaimsIdentity([Administrator()], BearerHandler.SchemeName) : null;
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
