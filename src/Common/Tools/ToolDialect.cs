using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Common.Tools;

/// <summary>How a package speaks through its tools.</summary>
internal sealed record ToolDialect
{
    /// <summary>How values are written.</summary>
    public required JsonSerializerOptions Json { get; init; }

    /// <summary>The answer to a call that failed, by the name of the tool; null lets the exception pass to the SDK. It may throw another one.</summary>
    public required Func<string, Exception, CallToolResult?> Fail { get; init; }

    /// <summary>Finishes the schema of what a tool takes; null leaves it.</summary>
    public Action<JsonObject>? FinishInput { get; init; }

    /// <summary>Finishes the schema of what a tool answers; null leaves it.</summary>
    public Func<JsonElement, JsonElement>? FinishOutput { get; init; }
}
