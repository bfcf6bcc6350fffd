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
        string list = string.Join("; ", problems);
        return Failure(
            ToolCallStatus.InvalidArguments, $"The arguments do not fit '{target.Tool.Name}' of '{target.Tool.ServerName}', which was not called: {list}.\n{SchemaText(schema)}", target);
    }

    /// <summary>What may be why a server refused a call.</summary>
    public static string Hint(IReadOnlyList<SchemaProblem> problems, JsonElement schema) =>
        $"The arguments do not fit the tool's input schema, which may be why: {string.Join("; ", problems)}.\n{SchemaText(schema)}";

    /// <summary>The sentence before a cut result.</summary>
    public static string Notice(LimitedResult limited, int limit, string? handle)
    {
        const int mostNamed = 5;
        string omitted = string.Join("; ", limited.Omissions.Take(mostNamed));
        string more = limited.Omissions.Count > mostNamed ? string.Create(CultureInfo.InvariantCulture, $"; and {limited.Omissions.Count - mostNamed} more") : "";
        string rest = handle is null ? "It was too large to be kept; ask the tool for less." : $"""Read the rest with read_result, handle "{handle}".""";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[Cut to fit: about {limited.EstimatedTokens} tokens, {limit} allowed (Responses.MaxTokens). Left out: {omitted}{more}. {rest}]");
    }

    /// <summary>Puts a text block before the others, or behind them.</summary>
    public static void AddNotice(JsonObject result, string text, bool atEnd = false)
    {
        if (result["content"] is not JsonArray content)
        {
            content = [];
            result["content"] = content;
        }

        content.Insert(atEnd ? content.Count : 0, TextBlock(text));
    }

    /// <summary>A text block.</summary>
    public static JsonObject TextBlock(string text) => new() { ["type"] = "text", ["text"] = text };

    private static string SchemaText(JsonElement schema)
    {
        string text = JsonText.Of(schema);
        return text.Length <= LongestSchema ? $"The tool's input schema: {text}" : $"The tool's input schema has {text.Length} characters; describe_tool returns it.";
    }

    private static JsonObject Error(string message) => new() { ["content"] = new JsonArray(TextBlock(message)), ["isError"] = true };
}
