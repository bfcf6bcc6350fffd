using Hosting;
using McpOptimizer.Server.Api.Answers;

namespace McpOptimizer.Server.Api;

/// <summary><c>GET /api/caller</c>: who the token says one is.</summary>
internal static class CallerApi
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Path = "/api/caller",
        Summary = "Who asks, and what they may do.",
        Answer = ApiJson.Default.CallerAnswer,
        Handle = request =>
        {
            McpHostOptions host = request.Service<McpHostOptions>();
            return Task.FromResult<object>(new CallerAnswer { Subject = request.Subject, IsAdmin = request.IsAdmin, Profile = request.Caller.Profile, Server = host.Name, Version = host.Version });
        },
    };
}
