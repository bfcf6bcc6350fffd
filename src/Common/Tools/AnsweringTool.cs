using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Common.Tools;

/// <summary>A tool that answers with one value.</summary>
internal abstract record AnsweringTool : ToolDeclaration
{
    /// <summary>The JSON schema of the value.</summary>
    public abstract JsonElement OutputSchema(JsonSerializerOptions json);

    /// <summary>Does the work and writes the value: as text for clients that read text, and structured.</summary>
    public abstract Task<CallToolResult> CallAsync(ToolCall call, JsonSerializerOptions json, CancellationToken cancellationToken);
}
