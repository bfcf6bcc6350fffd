using System.Globalization;
using System.Security.Claims;

namespace Hosting.Security;

/// <summary>What this host knows of a caller it let in.</summary>
public static class HostUser
{
    /// <summary>Before the name of a caller who signed in, so that he is never taken for a static token of that name.</summary>
    public const string UserPrefix = "user:";

    /// <summary>Before the name of a group of a caller who signed in.</summary>
    public const string GroupPrefix = "group:";

    internal const string GroupClaim = "host.group";
    internal const string IssuerClaim = "host.issuer";
    internal const string EndClaim = "host.end";

    /// <summary>The name of a static token, or <c>user:</c> and the subject of a caller who signed in; null where no token is required.</summary>
    public static string? Subject(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.FindFirstValue(ClaimTypes.NameIdentifier);
    }

    /// <summary>The groups of a caller who signed in, each as <c>group:NAME</c>; null for whoever did not sign in.</summary>
    public static IReadOnlyList<string>? Groups(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Issuer(user) is null ? null : [.. user.FindAll(GroupClaim).Select(group => group.Value)];
    }

    /// <summary>Who says that the caller is who he is; null for whoever did not sign in.</summary>
    internal static string? Issuer(ClaimsPrincipal user) => user.FindFirstValue(IssuerClaim);

    /// <summary>When the caller's token ends; null for one that does not.</summary>
    internal static DateTimeOffset? End(ClaimsPrincipal user) =>
        user.FindFirstValue(EndClaim) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture)) : null;
}
