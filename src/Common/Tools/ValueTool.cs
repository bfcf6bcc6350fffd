using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;

namespace Common.Tools;

/// <summary>A tool that answers with one value of a type, which gives the output schema.</summary>
internal sealed record ValueTool<T> : AnsweringTool
    where T : notnull
{
    /// <summary>Does the work.</summary>
    public required Func<ToolCall, CancellationToken, Task<T>> RunAsync { get; init; }

    public override JsonElement OutputSchema(JsonSerializerOptions json) => AIJsonUtilities.CreateJsonSchema(typeof(T), serializerOptions: json);

    public override async Task<CallToolResult> CallAsync(ToolCall call, JsonSerializerOptions json, CancellationToken cancellationToken)
    {
        T value = await RunAsync(call, cancellationToken).ConfigureAwait(false);
        string text = JsonSerializer.Serialize(value, (JsonTypeInfo<T>)json.GetTypeInfo(typeof(T)));
        return new CallToolResult { Content = [new TextContentBlock { Text = text }], StructuredContent = JsonElement.Parse(text, JsonText.Reading) };
    }
}
