using McpOptimizer.Core;
using McpOptimizer.Server.Api.Answers;
using McpOptimizer.Server.Api.Usage;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Server.Api;

/// <summary><c>GET /api/calls</c>: the last calls. Ask again with the newest id to follow them.</summary>
internal static class CallsApi
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Path = "/api/calls",
        Summary = $"The last calls, newest first, at most the {UsageLog.MostCalls} that are kept; of others' calls administrators alone. Arguments only where they are recorded (McpOptimizer:Responses:AuditArguments).",
        Parameters =
        [
            new("after", "Only calls newer than this id.") { Kind = ApiParameterKind.Number },
            new("limit", "Most calls; 100 without it.") { Kind = ApiParameterKind.Number, Min = 1, Max = UsageLog.MostCalls },
        ],
        Answer = ApiJson.Default.CallsAnswer,
        Handle = request =>
        {
            (long newest, IReadOnlyList<CallAnswer> calls) = request.Service<UsageLog>().Recent(
                request.Number("after") ?? 0, (int)(request.Number("limit") ?? 100), request.IsAdmin ? null : call => request.Subject is not null && call.Caller == request.Subject);
            bool records = request.Service<IOptions<McpOptimizerOptions>>().Value.Responses.AuditArguments;
            return Task.FromResult<object>(new CallsAnswer { Calls = calls, Newest = newest, RecordsArguments = records });
        },
    };
}
