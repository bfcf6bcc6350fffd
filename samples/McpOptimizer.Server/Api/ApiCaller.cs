using Hosting;
using Hosting.Security;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Callers;

namespace McpOptimizer.Server.Api;

/// <summary>Who asks over plain HTTP.</summary>
internal static class ApiCaller
{
    /// <summary>As for MCP: the subject of the token, and the profile that was addressed; a profile that is not the subject's sees nothing.</summary>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public static CallerIdentity Of(HttpContext context, string? profile)
    {
        profile ??= context.RequestServices.GetRequiredService<McpHostOptions>().DefaultProfile;
        if (profile is not null && !context.RequestServices.GetRequiredService<IVisibilityService>().IsProfile(profile))
        {
            throw new ArgumentException($"There is no profile '{VisibleText.Shorten(profile)}'.");
        }

        string? subject = HostUser.Subject(context.User);
        return new CallerIdentity
        {
            Profile = profile,
            Subject = subject,
            Groups = HostUser.Groups(context.User),
            IsAdmin = AdminEndpoints.IsAdmin(context.User),

            // Not the session of anybody's client.
            SessionId = subject is null ? "api" : $"api {subject}",
            HostAuthorization = subject is null ? null : context.Request.Headers.Authorization.ToString(),
        };
    }
}
