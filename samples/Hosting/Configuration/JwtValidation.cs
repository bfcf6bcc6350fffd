using Hosting.Security;

namespace Hosting.Configuration;

/// <summary>Checks <see cref="JwtOptions"/>: half a sign-in would be none, or one for everybody.</summary>
internal static class JwtValidation
{
    private const string Section = "Host:Jwt:";

    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5);

    public static void AddFaults(McpHostOptions host, List<string> faults)
    {
        JwtOptions jwt = host.Jwt;
        if (!jwt.IsOn)
        {
            return;
        }

        AddAddressFaults(host, faults);
        if (!jwt.Audiences.Any(audience => audience.Trim().Length > 0))
        {
            faults.Add($"{Section}{nameof(jwt.Audiences)} is empty, but without it every token of the issuer would open this host: name what the issuer puts into 'aud' for it");
        }

        // A token signed with the public key as if it were a secret is the oldest trick.
        string[] known = [.. new JwtOptions().Algorithms];
        foreach (string algorithm in jwt.Algorithms.Except(known, StringComparer.Ordinal))
        {
            faults.Add($"{Section}{nameof(jwt.Algorithms)} has '{VisibleText.Shorten(algorithm)}', but allowed are the asymmetric {string.Join(", ", known)}");
        }

        if (jwt.Algorithms.Count == 0)
        {
            faults.Add($"{Section}{nameof(jwt.Algorithms)} is empty, but must name some of {string.Join(", ", known)}");
        }

        if (jwt.ClockSkew < TimeSpan.Zero || jwt.ClockSkew > MostSkew)
        {
            faults.Add($"{Section}{nameof(jwt.ClockSkew)} is {jwt.ClockSkew}, but must be {TimeSpan.Zero} to {MostSkew} (hours:minutes:seconds)");
        }

        if (jwt.SubjectClaim.Trim().Length == 0 || jwt.GroupsClaim.Trim().Length == 0)
        {
            faults.Add($"{Section}{nameof(jwt.SubjectClaim)} and {Section}{nameof(jwt.GroupsClaim)} must name a claim each");
        }

        if (jwt.ScopeRequired is { } scope && (scope.Length == 0 || scope.Any(letter => letter is <= ' ' or > '~' or '"' or '\\')))
        {
            faults.Add($"{Section}{nameof(jwt.ScopeRequired)} is '{VisibleText.Shorten(scope)}', but must be one scope: visible ASCII without space and quotes");
        }
    }

    private static void AddAddressFaults(McpHostOptions host, List<string> faults)
    {
        JwtOptions jwt = host.Jwt;
        if (!Uri.TryCreate(jwt.Authority, UriKind.Absolute, out Uri? authority) || authority.Scheme is not ("http" or "https") || authority is not { Query: "", Fragment: "", UserInfo: "" })
        {
            faults.Add($"{Section}{nameof(jwt.Authority)} is '{ShownAddress.Of(jwt.Authority!)}', but must be the https address of an issuer, such as https://login.example.com/realms/team");
        }
        else if (authority.Scheme == "http" && jwt.RequireHttps && !authority.IsLoopback)
        {
            faults.Add(
                $"{Section}{nameof(jwt.Authority)} is '{ShownAddress.Of(jwt.Authority!)}': over plain http whoever sits between could hand out keys of his own. " +
                $"Use https, or set {Section}{nameof(jwt.RequireHttps)} to false where the way is safe");
        }

        if (jwt.Issuer is { } issuer && issuer.Trim().Length == 0)
        {
            faults.Add($"{Section}{nameof(jwt.Issuer)} is empty, but must be what tokens have as 'iss'");
        }

        if (jwt.Resource is { } resource
            && (!Uri.TryCreate(resource, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https") || address is not { Query: "", Fragment: "", UserInfo: "" }
                || !resource.TrimEnd('/').EndsWith(host.McpPath.TrimEnd('/'), StringComparison.Ordinal)))
        {
            faults.Add($"{Section}{nameof(jwt.Resource)} is '{ShownAddress.Of(resource)}', but must be the public address of the MCP endpoint and end with {host.McpPath}");
        }

        foreach (string subject in host.BearerTokens.Keys.Where(IsReserved))
        {
            faults.Add($"Host:BearerTokens has the subject '{VisibleText.Shorten(subject)}', but names that begin with {HostUser.UserPrefix} or {HostUser.GroupPrefix} are those of people who sign in");
        }
    }

    private static bool IsReserved(string subject) =>
        subject.StartsWith(HostUser.UserPrefix, StringComparison.Ordinal) || subject.StartsWith(HostUser.GroupPrefix, StringComparison.Ordinal);
}
