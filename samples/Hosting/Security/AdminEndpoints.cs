using System.Security.Claims;
using Microsoft.AspNetCore.Builder;

namespace Hosting.Security;

/// <summary>Marks routes that decide for everybody.</summary>
public static class AdminEndpoints
{
    /// <summary>Whether a user is one of <see cref="McpHostOptions.Admins"/>, or has the local secret of a host without static tokens.</summary>
    public static bool IsAdmin(ClaimsPrincipal user) => HostCredentials.IsAdmin(user);

    /// <summary>Lets in subjects of <see cref="McpHostOptions.Admins"/> only; on a host without tokens, anybody to read, and whoever has the local secret to change.</summary>
    public static TBuilder RequireAdmin<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(HostCredentials.AdminPolicy);
}
