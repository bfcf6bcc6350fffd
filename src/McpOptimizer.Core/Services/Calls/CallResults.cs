using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls.Results;
using McpOptimizer.Core.Services.Calls.Validation;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>Results that come from us and not from a backend.</summary>
internal static class CallResults
{
    private const int LongestSchema = 8_000;

    /// <summary>An outcome that says what went wrong.</summary>
    public static ToolCallOutcome Failure(ToolCallStatus status, string message, CallTarget? target = null, BackendFailure? failure = null) => new()
    {
        Status = status,
        Result = Error(message),
        ServerName = target?.Tool.ServerName,
        ToolName = target?.Tool.Name,
        Failure = failure,
    };

    /// <summary>An outcome that says which arguments do not fit, and what would.</summary>
    public static ToolCallOutcome Invalid(CallTarget target, IReadOnlyList<SchemaProblem> problems, JsonElement schema)
    {
        string text = schema.GetRawText();
        string hint = text.Length <= LongestSchema ? $"\nThe tool's input schema: {text}" : $"\nThe tool's input schema has {text.Length} characters; find_tool returns it.";
        string list = string.Join("; ", problems);
        return Failure(ToolCallStatus.InvalidArguments, $"The arguments do not fit '{target.Tool.Name}' of '{target.Tool.ServerName}', which was not called: {list}.{hint}", target);
    }

    /// <summary>The sentence before a cut result.</summary>
    public static string Notice(LimitedResult limited, int limit, string? handle)
    {
        const int mostNamed = 5;
        string omitted = string.Join("; ", limited.Omissions.Take(mostNamed));
        string more = limited.Omissions.Count > mostNamed ? string.Create(CultureInfo.InvariantCulture, $"; and {limited.Omissions.Count - mostNamed} more") : "";
        string rest = handle is null ? "It was too large to be kept; ask the tool for less." : $"""Read the rest with read_result, handle "{handle}".""";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[Cut to fit: about {limited.EstimatedTokens} tokens, {limit} allowed (MAX_TOOL_RESPONSE_TOKENS). Left out: {omitted}{more}. {rest}]");
    }

    /// <summary>Puts a text block before the others.</summary>
    public static void AddNotice(JsonObject result, string text)
    {
        if (result["content"] is not JsonArray content)
        {
            content = [];
            result["content"] = content;
        }

        content.Insert(0, TextBlock(text));
    }

    private static JsonObject Error(string message) => new() { ["content"] = new JsonArray(TextBlock(message)), ["isError"] = true };

    private static JsonObject TextBlock(string text) => new() { ["type"] = "text", ["text"] = text };
}
