using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Common;

/// <summary>JSON of strangers: text that is no whole Unicode, great depth, members that come twice, and escapes that a reader need not see.</summary>
internal static class JsonText
{
    /// <summary>How deep JSON may be nested: eight times the framework's default, well beyond what schemas and syntax trees have.</summary>
    public const int MaxDepth = 512;

    private const int EscapeLength = 6;
    private const int ReplacementCharacter = 0xFFFD;

    private static readonly JsonDocumentOptions Single = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    // Answers wrap what they carry in a few more levels.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2 * MaxDepth };

    /// <summary>For reading documents down to <see cref="MaxDepth"/>.</summary>
    public static JsonDocumentOptions Reading { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>
    /// The same JSON with U+FFFD in place of each half of a surrogate pair and of each byte that is no UTF-8; null when there is none: strict readers
    /// fail at it.
    /// </summary>
    public static byte[]? Repair(ReadOnlySpan<byte> json) => Rewrite(json, plain: false);

    /// <summary>
    /// The same JSON, repaired, with characters in place of escapes wherever JSON allows it and the character can be seen: what a model reads, and pays
    /// for.
    /// </summary>
    public static ReadOnlyMemory<byte> Plain(ReadOnlyMemory<byte> json) => Rewrite(json.Span, plain: true) ?? json;

    /// <summary>Text with U+FFFD in place of each half of a surrogate pair.</summary>
    public static string Whole(string text)
    {
        foreach (char unit in text)
        {
            if (char.IsSurrogate(unit))
            {
                return string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
            }
        }

        return text;
    }

    /// <summary>The value, repaired.</summary>
    public static JsonElement Whole(JsonElement value) =>
        value.ValueKind != JsonValueKind.Undefined && Repair(JsonMarshal.GetRawUtf8Value(value)) is { } repaired ? JsonElement.Parse(repaired, Reading) : value;

    /// <summary>Reads a document, repaired; of members with the same name the last one counts.</summary>
    /// <exception cref="JsonException">It is no JSON, or deeper than <see cref="MaxDepth"/>.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> json)
    {
        byte[]? repaired = Repair(json);
        ReadOnlySpan<byte> whole = repaired ?? json;
        try
        {
            return JsonNode.Parse(whole, documentOptions: Single);
        }
        catch (JsonException)
        {
            // JsonNode would fail at the second member of a name, and only when somebody looks.
            using JsonDocument document = JsonDocument.Parse(repaired ?? json.ToArray(), Reading);
            return Copy(document.RootElement);
        }
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static JsonNode? Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Compact JSON as a model should read it.</summary>
    public static string Of(JsonNode? node) => node is null ? "null" : Write(writer => node.WriteTo(writer));

    /// <inheritdoc cref="Of(JsonNode)"/>
    public static string Of(JsonElement value) => Write(value.WriteTo);

    /// <summary>A text as it stands between the quotes of JSON that a model reads.</summary>
    public static string Inner(string text) => Write(writer => writer.WriteStringValue(Whole(text)))[1..^1];

    /// <summary>Repairs the texts within a node, in place.</summary>
    /// <returns>The node, or what takes its place.</returns>
    public static JsonNode? Whole(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach ((string name, JsonNode? value) in map.ToArray())
                {
                    if (Whole(value) is { } whole && !ReferenceEquals(whole, value))
                    {
                        map[name] = whole;
                    }
                }

                return map;
            case JsonArray list:
                for (int at = 0; at < list.Count; at++)
                {
                    if (Whole(list[at]) is { } whole && !ReferenceEquals(whole, list[at]))
                    {
                        list[at] = whole;
                    }
                }

                return list;
            case JsonValue value when value.TryGetValue(out JsonElement element) && Repair(JsonMarshal.GetRawUtf8Value(element)) is { } repaired:
                return JsonNode.Parse(repaired);
            default:
                return node;
        }
    }

    /// <summary>Runs a writer that escapes no more than it must, and gives the text.</summary>
    public static string Write(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(WriteBytes(write).Span);

    /// <inheritdoc cref="Write(Action{Utf8JsonWriter})"/>
    public static ReadOnlyMemory<byte> WriteBytes(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter writer = new(buffer, Writing))
        {
            write(writer);
        }

        // The framework escapes everything beyond the basic plane whatever it is told.
        return buffer.WrittenSpan.IndexOf("\\u"u8) < 0 ? buffer.WrittenMemory : Plain(buffer.WrittenMemory);
    }

    /// <summary>Whether JSON, known to be valid otherwise, is nested deeper than that.</summary>
    public static bool IsDeeperThan(ReadOnlySpan<byte> json, int levels)
    {
        int depth = 0;
        for (int at = 0; at < json.Length; at++)
        {
            switch (json[at])
            {
                case (byte)'"':
                    for (at++; at < json.Length && json[at] != '"'; at++)
                    {
                        at += json[at] == '\\' ? 1 : 0;
                    }

                    break;
                case (byte)'{' or (byte)'[':
                    if (++depth > levels)
                    {
                        return true;
                    }

                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    break;
            }
        }

        return false;
    }

    /// <summary>JSON, valid or not, with a text in place of each object and array below so many levels.</summary>
    public static ReadOnlySpan<byte> Prune(ReadOnlySpan<byte> json, int levels, string mark)
    {
        ArrayBufferWriter<byte> pruned = new(json.Length);
        int depth = 0;
        int copied = 0;
        for (int at = 0; at < json.Length; at++)
        {
            switch (json[at])
            {
                case (byte)'"':
                    for (at++; at < json.Length && json[at] != '"'; at++)
                    {
                        at += json[at] == '\\' ? 1 : 0;
                    }

                    break;
                case (byte)'{' or (byte)'[':
                    if (++depth == levels + 1)
                    {
                        pruned.Write(json[copied..at]);
                        pruned.Write(Encoding.UTF8.GetBytes($"\"{mark}\""));
                    }

                    break;
                case (byte)'}' or (byte)']':
                    copied = depth-- == levels + 1 ? at + 1 : copied;
                    break;
            }
        }

        pruned.Write(depth > levels ? [] : json[copied..]);
        return pruned.WrittenSpan;
    }

    private static JsonNode? Copy(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                JsonObject map = [];
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    map[member.Name] = Copy(member.Value);
                }

                return map;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Copy)]);
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }

    private static byte[]? Rewrite(ReadOnlySpan<byte> json, bool plain)
    {
        byte[]? valid = Utf8.IsValid(json) ? null : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        ReadOnlySpan<byte> text = valid ?? json;
        ArrayBufferWriter<byte>? output = null;
        int copied = 0;
        Span<byte> character = stackalloc byte[4];
        for (int at = Next(text, 0); at >= 0;)
        {
            int length = ReadEscape(text[at..], plain, out Rune? instead);
            if (instead is { } rune)
            {
                output ??= new ArrayBufferWriter<byte>(text.Length + 16);
                output.Write(text[copied..at]);
                output.Write(character[..rune.EncodeToUtf8(character)]);
                copied = at + length;
            }

            at = Next(text, at + length);
        }

        if (output is null)
        {
            return valid;
        }

        output.Write(text[copied..]);
        return output.WrittenSpan.ToArray();
    }

    private static int Next(ReadOnlySpan<byte> text, int from)
    {
        int at = from >= text.Length ? -1 : text[from..].IndexOf((byte)'\\');
        return at < 0 ? -1 : from + at;
    }

    // How long the escape at the start is, and what to put in its place, if anything.
    private static int ReadEscape(ReadOnlySpan<byte> text, bool plain, out Rune? instead)
    {
        instead = null;
        if (!TryReadUnit(text, out char unit))
        {
            return 2;
        }

        if (!char.IsSurrogate(unit))
        {
            Rune rune = new(unit);
            instead = plain && unit is not ('"' or '\\') && !VisibleText.IsHidden(rune) ? rune : null;
            return EscapeLength;
        }

        if (char.IsHighSurrogate(unit) && TryReadUnit(text[EscapeLength..], out char low) && char.IsLowSurrogate(low))
        {
            Rune rune = new(unit, low);
            instead = plain && !VisibleText.IsHidden(rune) ? rune : null;
            return 2 * EscapeLength;
        }

        instead = new Rune(ReplacementCharacter);
        return EscapeLength;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out char unit)
    {
        ushort value = 0;
        bool read = text.Length >= EscapeLength && text[0] == '\\' && text[1] == 'u'
            && ushort.TryParse(text[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        unit = (char)value;
        return read;
    }
}
