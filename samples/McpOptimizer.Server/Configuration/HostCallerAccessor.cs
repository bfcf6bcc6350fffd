using Hosting;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Callers;

namespace McpOptimizer.Server.Configuration;

/// <summary>The caller as the host knows it: profile from the path, subject from the token, and credentials apart from the token that opens this host.</summary>
internal sealed class HostCallerAccessor : ICallerAccessor
{
    private static readonly CallerIdentity Nobody = new();

    public CallerIdentity Current => McpRequestContext.Current is { Profile: null, Subject: null, Authorization: null } request
        ? request.IsAdmin ? CallerIdentity.Anonymous : Nobody
        : Read(McpRequestContext.Current);

    private static CallerIdentity Read(McpRequestContext request) => new()
    {
        Profile = request.Profile,
        Subject = request.Subject,
        Groups = request.Groups,
        IsAdmin = request.IsAdmin,
        Authorization = request.Subject is null ? request.Authorization : null,
        HostAuthorization = request.Subject is null ? null : request.Authorization,
    };
}
