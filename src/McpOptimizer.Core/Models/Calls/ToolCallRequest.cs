using System.Text.Json;

namespace McpOptimizer.Core.Models.Calls;

/// <summary>A call as a caller, often a model, wrote it.</summary>
public sealed record ToolCallRequest
{
    /// <summary>Value of <c>mcp_server_name</c>; null when the tool's name says enough.</summary>
    public string? ServerName { get; init; }

    /// <summary>The tool's name, or one that begins with its server's; null when it stands inside <see cref="Arguments"/>.</summary>
    public string? ToolName { get; init; }

    /// <summary>An object, an object written as text (JSON, also in a fence or with Python's literals), or undefined for none.</summary>
    public JsonElement Arguments { get; init; }

    /// <summary>
    /// What stood beside the names and the arguments, by name: taken as arguments where they fit the tool, else the call is refused. Null for nothing.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Others { get; init; }

    /// <summary>For a call that was handed back with a question: its <see cref="ToolCallOutcome.State"/>.</summary>
    public string? State { get; init; }

    /// <summary>With <see cref="State"/>: the answers by the keys of <see cref="ToolCallOutcome.Questions"/>.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Answers { get; init; }
}
