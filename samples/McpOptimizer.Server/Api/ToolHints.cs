using System.Text.Json;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Server.Api;

/// <summary>What a server says about its own tool.</summary>
/// <param name="Title">For people; null for none.</param>
/// <param name="Description">What it does; null for none.</param>
/// <param name="ReadOnly">Whether it says that it changes nothing.</param>
/// <param name="Destructive">Whether it says that it may destroy something; null when it does not say.</param>
internal sealed record ToolHints(string? Title, string? Description, bool ReadOnly, bool? Destructive)
{
    /// <summary>Reads them from the definition; what is not of the type it should be counts as not said.</summary>
    public static ToolHints Of(IndexedTool tool)
    {
        using JsonDocument definition = JsonDocument.Parse(tool.DefinitionJson, JsonText.Reading);
        JsonElement root = definition.RootElement;
        JsonElement hints = root.TryGetProperty("annotations", out JsonElement annotations) && annotations.ValueKind == JsonValueKind.Object ? annotations : default;
        return new ToolHints(
            Text(root, "title") ?? Text(hints, "title"), Text(root, "description"), Flag(hints, "readOnlyHint") == true, Flag(hints, "destructiveHint"));
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static bool? Flag(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement flag)
            ? flag.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }
            : null;
}
