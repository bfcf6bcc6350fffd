using System.Text.Json.Nodes;

namespace Horreum.Server.Query;

/// <summary>A call made for a query.</summary>
/// <param name="Tool">Name of the tool, as the LLM gave it.</param>
/// <param name="Arguments">Its arguments; the LLM's text where it is not JSON.</param>
/// <param name="Result">Its answer, possibly cut.</param>
/// <param name="DurationMs">Milliseconds that it took.</param>
/// <param name="NotMade">Whether the call could not be made: unknown tool, unreadable arguments.</param>
/// <param name="IsError">Whether the result is an error.</param>
internal sealed record QueryToolCall(string Tool, JsonNode Arguments, JsonNode Result, double DurationMs, bool NotMade, bool IsError)
{
    public JsonObject ToJson() => new()
    {
        ["tool"] = Tool,
        ["arguments"] = Arguments.DeepClone(),
        ["result"] = Result.DeepClone(),
        ["duration_ms"] = Math.Round(DurationMs),
    };
}
