using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Tools;

/// <summary>Parameters that several tools share.</summary>
internal static class OptimizerParameters
{
    /// <summary>Most characters of a name or handle.</summary>
    public const int LongestName = 1_000;

    private const int LongestNeed = 20_000;
    private const int MostHits = 50;

    /// <summary>A name, or a handle.</summary>
    public static ToolParameter Name(string name, string description = "") => new(name, ToolParameterKind.Text, description) { Longest = LongestName };

    /// <summary>What somebody needs, in words.</summary>
    public static ToolParameter Need(string description, string name = "tool_description") =>
        new(name, ToolParameterKind.Text, description) { Required = true, Longest = LongestNeed };

    /// <summary>Words that a definition probably has.</summary>
    public static ToolParameter Keywords(string description, string name = "tool_keywords") => new(name, ToolParameterKind.Words, description)
    {
        Schema = """{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}""",
        Longest = LongestNeed,
    };

    /// <summary>How many hits somebody wants.</summary>
    public static ToolParameter Limit(string description) => new("limit", ToolParameterKind.Integer, description) { Minimum = 1, Maximum = MostHits };

    /// <summary>The query that a call with these three parameters asks.</summary>
    public static ToolQuery ReadQuery(ToolArguments call, string need = "tool_description", string keywords = "tool_keywords") => new()
    {
        Description = call.Text(need),
        Keywords = call.Words(keywords) is { } words ? string.Join(' ', words) : null,
        Limit = call.OptionalInteger("limit"),
    };
}
