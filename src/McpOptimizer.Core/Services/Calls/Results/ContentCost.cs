using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>How many tokens a content block is taken to cost. One rule for totals and for filling.</summary>
internal static class ContentCost
{
    /// <summary>Characters to a token.</summary>
    public const int CharactersPerToken = 4;

    // About what vision models charge for one large picture; its encoded data is not read as text.
    private const int MostForMedia = 1_600;

    // The names of its members.
    private const int LabelCharacters = 40;

    /// <summary>Tokens of a text of that length.</summary>
    public static int OfText(int characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;

    /// <summary>Tokens of a block of any kind.</summary>
    public static int Of(JsonObject block) => Text(block, "type") switch
    {
        "text" => OfText(Text(block, "text")?.Length ?? 0),
        "image" or "audio" => OfMedia(Text(block, "data")),
        "resource" when block["resource"] is JsonObject resource => OfResource(resource),
        _ => OfText(JsonShrinker.SizeOf(block)),
    };

    /// <summary>Text that can be cut: of a text block or of an embedded text resource; null for other blocks.</summary>
    public static string? CuttableText(JsonObject block) =>
        Text(block, "type") switch
        {
            "text" => Text(block, "text"),
            "resource" when block["resource"] is JsonObject resource => Text(resource, "text"),
            _ => null,
        };

    /// <summary>A copy of a block with other text.</summary>
    public static JsonObject WithText(JsonObject block, string text)
    {
        JsonObject copy = (JsonObject)block.DeepClone();
        if (copy["resource"] is JsonObject resource)
        {
            resource["text"] = text;
        }
        else
        {
            copy["text"] = text;
        }

        return copy;
    }

    /// <summary>A few words for a block that was left out.</summary>
    public static string Describe(JsonObject block)
    {
        string type = Text(block, "type") ?? "unknown kind";
        string? detail = Text(block, "mimeType") ?? Text(block, "uri") ?? (block["resource"] is JsonObject resource ? Text(resource, "uri") : null);
        return detail is null ? type : $"{type}, {detail}";
    }

    private static int OfResource(JsonObject resource)
    {
        int label = OfText((Text(resource, "uri")?.Length ?? 0) + (Text(resource, "mimeType")?.Length ?? 0) + LabelCharacters);
        return label + (Text(resource, "blob") is { } blob ? OfMedia(blob) : OfText(Text(resource, "text")?.Length ?? 0));
    }

    private static int OfMedia(string? data) => Math.Min(MostForMedia, OfText(data?.Length ?? 0));

    private static string? Text(JsonObject node, string name) => node[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
