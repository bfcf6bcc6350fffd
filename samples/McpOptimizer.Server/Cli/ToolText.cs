using System.Text.Json;

namespace McpOptimizer.Server.Cli;

/// <summary>What a tool answered, for a person: text as it is, anything else as the JSON it came in.</summary>
internal static class ToolText
{
    public static string Of(JsonElement result) => result.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.Array
        ? string.Join('\n', content.EnumerateArray().Select(Block))
        : result.GetRawText();

    private static string Block(JsonElement block) =>
        block.ValueKind == JsonValueKind.Object && block.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : block.GetRawText();
}
