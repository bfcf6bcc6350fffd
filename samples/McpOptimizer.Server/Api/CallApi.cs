using System.Diagnostics;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Server.Api.Answers;

namespace McpOptimizer.Server.Api;

/// <summary><c>POST /api/call</c>: calls a tool, with the caller's scope and limits. Nobody can be asked meanwhile: a tool that asks is told so.</summary>
internal static class CallApi
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Method = HttpMethods.Post,
        Path = "/api/call",
        Summary = "Calls a tool. That it failed is an answer too: status says how it ended, result is the tool's own MCP result.",
        Body = ApiJson.Default.CallRequest,
        Answer = ApiJson.Default.CalledAnswer,
        Handle = AnswerAsync,
    };

    private static async Task<object> AnswerAsync(ApiRequest request)
    {
        CallRequest body = await request.ReadAsync(ApiJson.Default.CallRequest);
        CallerIdentity caller = request.CallerOf(body.Profile);
        CallContext context = new() { SessionId = caller.SessionId, Caller = caller.Subject, HostAuthorization = caller.HostAuthorization };
        ToolCallRequest call = new() { ServerName = body.Server, ToolName = body.Tool, Arguments = body.Arguments ?? default };
        long started = Stopwatch.GetTimestamp();
        ToolCallOutcome outcome = await request.Service<IToolCallService>().CallAsync(call, request.Service<IVisibilityService>().ScopeOf(caller), context, request.Aborted);
        return new CalledAnswer
        {
            Status = outcome.Status,
            Server = outcome.ServerName,
            Tool = outcome.ToolName,
            Failure = outcome.Failure,
            DurationMs = Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1),
            IsCut = outcome.IsCut,
            Result = outcome.Result,
        };
    }
}
