using System.Text.Json.Nodes;

namespace Horreum.Server.Query;

/// <summary>The answer to a query.</summary>
internal sealed record QueryAnswer(string Query, string Answer, int LlmCalls, IReadOnlyList<QueryToolCall> Calls, double DurationMs)
{
    public JsonObject ToJson() => new()
    {
        ["query"] = Query,
        ["answer"] = Answer,
        ["metadata"] = new JsonObject { ["tool_calls"] = Calls.Count, ["llm_calls"] = LlmCalls, ["duration_ms"] = Math.Round(DurationMs) },
        ["tool_calls"] = new JsonArray([.. Calls.Select(call => call.ToJson())]),
    };
}
