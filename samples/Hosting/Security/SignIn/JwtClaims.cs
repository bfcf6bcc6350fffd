using System.Globalization;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Hosting.Security.SignIn;

/// <summary>What a genuine token says of its bearer, in this host's words. Nothing else of it is kept.</summary>
internal sealed class JwtClaims(McpHostOptions host)
{
    private const int LongestName = 200;

    private static readonly string[] ScopeClaims = ["scope", "scp"];

    /// <exception cref="SignInFault">It names nobody, or lacks the scope.</exception>
    public ClaimsIdentity Read(JsonWebToken token)
    {
        string[] subjects = [.. Values(token, host.Jwt.SubjectClaim)];
        if (subjects is not [{ } subject] || !IsName(subject))
        {
            throw new SignInFault($"has no usable claim '{host.Jwt.SubjectClaim}' (one text of 1 to {LongestName} characters)");
        }

        if (host.Jwt.ScopeRequired is { } scope && !ScopeClaims.SelectMany(claim => Values(token, claim)).SelectMany(text => text.Split(' ')).Contains(scope, StringComparer.Ordinal))
        {
            throw new SignInFault($"lacks the scope '{scope}'", scope);
        }

        string name = HostUser.UserPrefix + subject;
        string[] groups = [.. Values(token, host.Jwt.GroupsClaim).Where(IsName).Distinct(StringComparer.Ordinal).Select(group => HostUser.GroupPrefix + group)];
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, name),
            new(ClaimTypes.Name, name),
            new(HostUser.IssuerClaim, token.Issuer),
            new(HostUser.EndClaim, new DateTimeOffset(token.ValidTo, TimeSpan.Zero).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            .. groups.Select(group => new Claim(HostUser.GroupClaim, group)),
        ];
        if (host.Admins.Contains(name) || groups.Any(host.Admins.Contains))
        {
            claims.Add(HostCredentials.Administrator());
        }

        return new ClaimsIdentity(claims, BearerHandler.SchemeName);
    }

    // A list is one claim for each of its items; an object or a number names nobody.
    private static IEnumerable<string> Values(JsonWebToken token, string claim) =>
        token.Claims.Where(found => found.Type == claim && found.ValueType == ClaimValueTypes.String).Select(found => found.Value);

    private static bool IsName(string text) => text.Length is > 0 and <= LongestName && text.Trim().Length == text.Length;
}
