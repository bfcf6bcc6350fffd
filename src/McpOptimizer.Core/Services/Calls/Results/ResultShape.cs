using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>
/// Gives odd results the shape that readers know, so that nothing of them is lost and nothing becomes an empty success: content that is a text or one object,
/// results of older protocols, blocks without a type. What has its place already is left as it came.
/// </summary>
internal static class ResultShape
{
    private const string UnknownMedia = "application/octet-stream";

    // How encoded images of the usual kinds begin.
    private static readonly (string Start, string Media)[] Signatures =
        [("iVBORw0KGgo", "image/png"), ("/9j/", "image/jpeg"), ("R0lGOD", "image/gif"), ("UklGR", "image/webp"), ("PHN2Zy", "image/svg+xml"), ("Qk0", "image/bmp")];

    private static readonly string[] Furniture = ["_meta", "isError", "content", "resultType", "structuredContent"];

    /// <summary>The result, changed in place.</summary>
    /// <param name="result">As the server sent it.</param>
    /// <param name="isError">Whether it says that the tool failed, in whatever way it says so.</param>
    public static JsonObject Complete(JsonObject result, out bool isError)
    {
        isError = SaysError(result["isError"]);
        if (result["isError"] is { } said && said.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            result["isError"] = isError;
        }

        if (result.TryGetPropertyValue("structuredContent", out JsonNode? structured) && structured is null)
        {
            result.Remove("structuredContent");
        }

        if (result["content"] is JsonArray content)
        {
            CompleteBlocks(content);
        }
        else
        {
            JsonNode? odd = result["content"];
            result["content"] = odd is null ? new JsonArray() : new JsonArray((JsonNode)BlockOf(odd.DeepClone()));
        }

        // Many clients read the content alone.
        if (result["content"] is JsonArray { Count: 0 } empty && Substance(result) is { } substance)
        {
            empty.Add((JsonNode)CallResults.TextBlock(substance));
        }

        return result;
    }

    private static bool SaysError(JsonNode? node) => node is JsonValue value
        && (value.TryGetValue(out bool flag) ? flag
            : value.TryGetValue(out string? text) ? bool.TryParse(text.Trim(), out bool parsed) ? parsed : text.Trim() == "1"
            : value.TryGetValue(out double number) && number != 0);

    private static void CompleteBlocks(JsonArray content)
    {
        for (int at = 0; at < content.Count; at++)
        {
            if (content[at] is not JsonObject block)
            {
                JsonNode? odd = content[at];
                content[at] = CallResults.TextBlock(TextOf(odd));
                continue;
            }

            CompleteBlock(block);
            if (Text(block, "type") == "resource" && block["resource"] is JsonObject resource && resource["text"] is not null && resource["blob"] is not null)
            {
                // Readers take one of the two: each gets a block of its own.
                JsonObject second = (JsonObject)block.DeepClone();
                resource.Remove("blob");
                ((JsonObject)second["resource"]!).Remove("text");
                content.Insert(++at, (JsonNode)second);
            }
        }
    }

    private static JsonObject BlockOf(JsonNode odd)
    {
        if (odd is not JsonObject block)
        {
            return CallResults.TextBlock(TextOf(odd));
        }

        CompleteBlock(block);
        return block["type"] is null ? CallResults.TextBlock(JsonText.Of(block)) : block;
    }

    private static void CompleteBlock(JsonObject block)
    {
        string? media = Text(block, "mimeType");
        if (block["type"] is null && TypeOf(block, media) is { } type)
        {
            block.Insert(0, "type", type);
        }

        if (media is null && Text(block, "type") is "image" or "audio" && Text(block, "data") is { } data)
        {
            block["mimeType"] = Signatures.Where(known => data.StartsWith(known.Start, StringComparison.Ordinal)).Select(known => known.Media).FirstOrDefault() ?? UnknownMedia;
        }
    }

    private static string? TypeOf(JsonObject block, string? media) => block switch
    {
        _ when Text(block, "text") is not null && block["uri"] is null => "text",
        _ when Text(block, "data") is not null && media?.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) == true => "audio",
        _ when Text(block, "data") is { } data && (media?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true
            || (media is null && Signatures.Any(known => data.StartsWith(known.Start, StringComparison.Ordinal)))) => "image",
        _ when block["resource"] is JsonObject => "resource",
        _ => null,
    };

    // What a result without content says: as data, in the way of the first protocol, or with members of its own.
    private static string? Substance(JsonObject result)
    {
        if (result["structuredContent"] is { } structured)
        {
            return JsonText.Of(structured);
        }

        if (result["toolResult"] is { } first)
        {
            return TextOf(first);
        }

        JsonObject rest = new(result.Where(member => !Furniture.Contains(member.Key, StringComparer.Ordinal)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        return rest.Count > 0 ? JsonText.Of(rest) : null;
    }

    private static string TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : JsonText.Of(node);

    private static string? Text(JsonObject block, string member) => block[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
