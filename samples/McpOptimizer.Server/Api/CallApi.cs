using System.Diagnostics;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Server.Api.Answers;

namespace McpOptimizer.Server.Api;

/// <summary>
/// <c>POST /api/call</c>: calls a tool, with the caller's scope and limits. A person can be asked meanwhile, where the request says that one is there; a model never, and a
/// tool that asks for one is told so. <c>GET /api/result</c> reads on in what was cut.
/// </summary>
internal static class CallApi
{
    private static readonly HashSet<string> Answerable = [CallerMethods.Elicit];

    public static IReadOnlyList<ApiEndpoint> Endpoints { get; } =
    [
        new()
        {
            Method = HttpMethods.Post,
            Path = "/api/call",
            Summary = "Calls a tool. That it failed is an answer too: status says how it ended, result is the tool's own MCP result.",
            Body = ApiJson.Default.CallRequest,
            Answer = ApiJson.Default.CalledAnswer,
            Handle = AnswerAsync,
        },
        new()
        {
            Path = "/api/result",
            Summary = "Reads on in the text of a result that was cut. It is kept for a while, for the caller of the call alone.",
            Parameters =
            [
                new("handle", "The result_handle of the call.") { IsRequired = true, MaxLength = 200 },
                new("offset", "First character to read; 0 without it.") { Kind = ApiParameterKind.Number, Max = int.MaxValue },
            ],
            Answer = ApiJson.Default.ResultPartAnswer,
            Handle = ReadOnAsync,
        },
    ];

    private static async Task<object> AnswerAsync(ApiRequest request)
    {
        CallRequest body = await request.ReadAsync(ApiJson.Default.CallRequest);
        CallerIdentity caller = request.CallerOf(body.Profile);
        CallContext context = ContextOf(caller);
        if (body.CanAnswer)
        {
            context = context with { AnswersLater = true, AnswerableMethods = Answerable };
        }

        ToolCallRequest call = new() { ServerName = body.Server, ToolName = body.Tool, Arguments = body.Arguments ?? default, State = body.State, Answers = body.Answers };
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
            ResultHandle = outcome.ResultHandle,
            Questions = outcome.Questions?.ToDictionary(asked => asked.Key, asked => new QuestionAnswer(asked.Value.Method, asked.Value.Parameters)),
            State = outcome.State,
            Result = outcome.Result,
        };
    }

    private static Task<object> ReadOnAsync(ApiRequest request)
    {
        StoredResultQuery query = new() { Handle = request.Text("handle")!, Offset = (int)(request.Number("offset") ?? 0) };
        StoredResultPage page = request.Service<IToolCallService>().ReadResult(query, ContextOf(request.CallerOf(null)));
        return Task.FromResult<object>(new ResultPartAnswer { Text = page.Text, Offset = page.Offset, Total = page.TotalLength, Next = page.NextOffset });
    }

    private static CallContext ContextOf(CallerIdentity caller) =>
        new() { SessionId = caller.SessionId, Caller = caller.Subject, HostAuthorization = caller.HostAuthorization };
}
