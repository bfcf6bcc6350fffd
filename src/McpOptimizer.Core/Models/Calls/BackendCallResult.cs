using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Models.Calls;

/// <summary>What a backend answered to a call, unchanged.</summary>
public sealed class BackendCallResult
{
    /// <summary>The MCP <c>CallToolResult</c> as the backend sent it: <c>content</c>, <c>structuredContent</c>, <c>isError</c>, <c>_meta</c> and whatever else.</summary>
    public required JsonObject Json { get; init; }

    /// <summary>Whether the tool says that it failed.</summary>
    public bool IsError => Json["isError"] is JsonValue value && value.TryGetValue(out bool failed) && failed;
}
