using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Tokens;

namespace McpOptimizer.Core.Services.Disclosure;

/// <summary>
/// Says of a large definition what a caller needs first: names, kinds and what is required stay longest; descriptions, choices and what lies deep inside
/// go first.
/// What comes out is a definition again, with a member <c>shortened</c> that tells the way to the whole.
/// </summary>
internal static class DefinitionShortener
{
    private const int MostAlternatives = 6;
    private const int LargestValue = 100;
    private const int LongestName = 100;
    private const int LongestLine = 200;

    // From a light cut to a heavy one: letters of a description, levels of schemas, choices, properties.
    private static readonly Cut[] Cuts = [new(600, 8, 50, 200), new(240, 5, 20, 100), new(100, 3, 10, 60), new(40, 2, 5, 40), new(0, 1, 0, 20)];

    private static readonly string[] Kept =
    [
        "type", "const", "default", "format", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems", "nullable",
        "$ref",
    ];

    /// <summary>The definition in so many tokens, or in as few as can be.</summary>
    public static ReadOnlyMemory<byte> Shorten(IndexedTool tool, int mostTokens, ITokenCounter tokens)
    {
        using Definition parsed = Definition.Parse(tool.DefinitionJson);
        JsonElement definition = parsed.Root;
        ReadOnlyMemory<byte> shorter = default;
        foreach (Cut cut in Cuts)
        {
            shorter = JsonText.WriteBytes(writer => Write(writer, tool, definition, cut));
            if (tokens.Count(shorter.Span) <= mostTokens)
            {
                return shorter;
            }
        }

        ReadOnlyMemory<byte> least = JsonText.WriteBytes(writer => Write(writer, tool, default, Cuts[^1]));
        return tokens.Count(shorter.Span) <= mostTokens ? shorter : least;
    }

    private static void Write(Utf8JsonWriter writer, IndexedTool tool, JsonElement definition, Cut cut)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, tool.Name);
        if (definition.ValueKind == JsonValueKind.Object)
        {
            WriteText(writer, "title", Text(definition, "title"), LongestLine);
            WriteText(writer, "description", Text(definition, "description"), Math.Max(LongestLine, 4 * cut.Letters));
        }

        writer.WritePropertyName("inputSchema"u8);
        if (definition.ValueKind == JsonValueKind.Object && definition.TryGetProperty("inputSchema", out JsonElement schema) && schema.ValueKind == JsonValueKind.Object)
        {
            WriteSchema(writer, schema, cut, cut.Levels);
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "object"u8);
            writer.WriteEndObject();
        }

        if (definition.ValueKind == JsonValueKind.Object && definition.TryGetProperty("annotations", out JsonElement annotations) && IsSmall(annotations))
        {
            writer.WritePropertyName("annotations"u8);
            annotations.WriteTo(writer);
        }

        writer.WriteString(
            "shortened"u8,
            string.Create(CultureInfo.InvariantCulture, $"Parts are left out; the whole costs about {tool.TokenCount} tokens. describe_tool with this tool alone and offset 0 reads it."));
        writer.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter writer, JsonElement schema, Cut cut, int levels)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            WriteBoolean(writer, schema);
            return;
        }

        writer.WriteStartObject();
        foreach (string keyword in Kept)
        {
            if (schema.TryGetProperty(keyword, out JsonElement value) && IsSmall(value) && (cut.Letters > 0 || keyword is "type" or "$ref"))
            {
                writer.WritePropertyName(keyword);
                value.WriteTo(writer);
            }
        }

        WriteText(writer, "description", Text(schema, "description"), cut.Letters);
        WriteChoices(writer, schema, cut);
        if (levels > 0)
        {
            WriteProperties(writer, schema, cut, levels);
            WriteInner(writer, schema, cut, levels);
        }

        writer.WriteEndObject();
    }

    private static void WriteChoices(Utf8JsonWriter writer, JsonElement schema, Cut cut)
    {
        if (!schema.TryGetProperty("enum", out JsonElement choices) || choices.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        // A list without its end would forbid what is right: then examples, under a word that forbids nothing.
        bool isWhole = choices.GetArrayLength() <= cut.Choices && choices.EnumerateArray().All(IsSmall);
        writer.WriteStartArray(isWhole ? "enum" : "examples");
        foreach (JsonElement choice in choices.EnumerateArray().Where(IsSmall).Take(cut.Choices))
        {
            choice.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private static void WriteProperties(Utf8JsonWriter writer, JsonElement schema, Cut cut, int levels)
    {
        if (!schema.TryGetProperty("properties", out JsonElement properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        HashSet<string> required = schema.TryGetProperty("required", out JsonElement names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)]
            : [];
        JsonProperty[] shown =
        [
            .. properties.EnumerateObject().Where(property => property.Name.Length <= LongestName)
                .OrderBy(property => required.Contains(property.Name) ? 0 : 1).Take(cut.Properties),
        ];
        writer.WriteStartObject("properties"u8);
        foreach (JsonProperty property in shown)
        {
            writer.WritePropertyName(property.Name);
            WriteSchema(writer, property.Value, cut, levels - 1);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("required"u8);
        foreach (string name in shown.Select(property => property.Name).Where(required.Contains))
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }

    private static void WriteInner(Utf8JsonWriter writer, JsonElement schema, Cut cut, int levels)
    {
        foreach (string keyword in new[] { "items", "additionalProperties" })
        {
            if (schema.TryGetProperty(keyword, out JsonElement inner) && inner.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False)
            {
                writer.WritePropertyName(keyword);
                WriteSchema(writer, inner, cut, levels - 1);
            }
        }

        foreach (string keyword in new[] { "anyOf", "oneOf", "allOf" })
        {
            if (schema.TryGetProperty(keyword, out JsonElement branches) && branches.ValueKind == JsonValueKind.Array && branches.GetArrayLength() <= MostAlternatives)
            {
                writer.WriteStartArray(keyword);
                foreach (JsonElement branch in branches.EnumerateArray())
                {
                    WriteSchema(writer, branch, cut, levels - 1);
                }

                writer.WriteEndArray();
            }
        }

        foreach (string keyword in new[] { "$defs", "definitions" })
        {
            if (schema.TryGetProperty(keyword, out JsonElement definitions) && definitions.ValueKind == JsonValueKind.Object)
            {
                writer.WriteStartObject(keyword);
                foreach (JsonProperty definition in definitions.EnumerateObject().Where(definition => definition.Name.Length <= LongestName).Take(cut.Properties))
                {
                    writer.WritePropertyName(definition.Name);
                    WriteSchema(writer, definition.Value, cut, levels - 1);
                }

                writer.WriteEndObject();
            }
        }
    }

    private static void WriteBoolean(Utf8JsonWriter writer, JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.False)
        {
            writer.WriteBooleanValue(false);
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string member, string? text, int letters)
    {
        if (text is not null && letters > 0)
        {
            writer.WriteString(member, text.Length <= letters ? text : JsonText.Whole(text[..(letters - 1)]).TrimEnd() + "…");
        }
    }

    private static bool IsSmall(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).Length <= LargestValue;

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Cut(int Letters, int Levels, int Choices, int Properties);
}
