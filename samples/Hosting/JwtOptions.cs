namespace Hosting;

/// <summary>
/// Sign-in with tokens of an OpenID Connect issuer, beside static tokens; configuration section <c>Host:Jwt</c>. Off while <see cref="Authority"/> is null.
/// A caller's subject is <c>user:</c> and his <see cref="SubjectClaim"/>, each of his groups <c>group:</c> and its name: so they never meet the name of a static token.
/// </summary>
public sealed class JwtOptions
{
    /// <summary>Address of the issuer; its keys are found through <c>/.well-known/openid-configuration</c> below it. Null for no sign-in.</summary>
    public string? Authority { get; set; }

    /// <summary>What a token's <c>iss</c> must be, to the letter; null for what the issuer calls itself, which then must be <see cref="Authority"/>.</summary>
    public string? Issuer { get; set; }

    /// <summary>What a token's <c>aud</c> must have one of. Required: without it, tokens of every other program of the same issuer would open this host.</summary>
    public IList<string> Audiences { get; set; } = [];

    /// <summary>False to fetch keys over plain http from another machine, where whoever sits between can make tokens. A loopback issuer needs no https.</summary>
    /// <value>True.</value>
    public bool RequireHttps { get; set; } = true;

    /// <summary>Signature algorithms that are taken; asymmetric ones only.</summary>
    public IList<string> Algorithms { get; set; } = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>By how much the clocks of issuer and host may differ.</summary>
    /// <value>One minute; 0 to 5 minutes.</value>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The claim that names the caller.</summary>
    /// <value><c>sub</c>.</value>
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>The claim that names the caller's groups: a list, or one text.</summary>
    /// <value><c>groups</c>.</value>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>A scope that a token must have, in <c>scope</c> or <c>scp</c>; null for none.</summary>
    public string? ScopeRequired { get; set; }

    /// <summary>The public address of the MCP endpoint, for clients that look for the issuer; null for the address at which they asked.</summary>
    public string? Resource { get; set; }

    /// <summary>Whether this sign-in is on.</summary>
    public bool IsOn => Authority is not null;
}
