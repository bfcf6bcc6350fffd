using System.Text.Json;
using Hosting;
using Hosting.Security;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Discovery;

namespace McpOptimizer.Server.Api;

/// <summary>What the plain HTTP endpoints have in common: who calls, and how they are refused.</summary>
internal static class ApiCaller
{
    /// <summary>As for MCP: the subject of the token, and the profile that was addressed; a profile that is not the subject's sees nothing.</summary>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public static CallerIdentity Of(HttpContext context, string? profile)
    {
        profile ??= context.RequestServices.GetRequiredService<McpHostOptions>().DefaultProfile;
        if (profile is not null && !context.RequestServices.GetRequiredService<IVisibilityService>().IsProfile(profile))
        {
            throw new ArgumentException($"There is no profile '{profile}'.");
        }

        return new CallerIdentity { Profile = profile, Subject = HostUser.Subject(context.User), Groups = HostUser.Groups(context.User) };
    }

    /// <summary>Answers an error in one sentence.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($"{{\"error\":\"{JsonEncodedText.Encode(sentence)}\"}}", context.RequestAborted);
    }
}
