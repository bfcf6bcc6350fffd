using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Coder.Client.Repositories;

/// <summary>Makes a JSON value from a workspace fit to be shown.</summary>
internal static class MetadataValue
{
    /// <summary>The value with its texts cleaned and cut; null and a sentence when the whole is too long to be cut sensibly.</summary>
    public static (JsonElement? Value, string? Fault) Fit(JsonElement? value, int limit)
    {
        if (value is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given)
        {
            return (null, null);
        }

        if (given.ValueKind is not (JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Array))
        {
            return given.GetRawText().Length <= limit ? (given, null) : (null, TooLong(given, limit));
        }

        ArrayBufferWriter<byte> bytes = new();
        try
        {
            using Utf8JsonWriter writer = new(bytes);
            Write(writer, given, limit);
        }
        catch (InvalidOperationException)
        {
            return (null, "The value holds half a character (an unpaired surrogate), so it cannot be shown.");
        }

        using JsonDocument clean = JsonDocument.Parse(bytes.WrittenMemory);
        bool fits = given.ValueKind == JsonValueKind.String || clean.RootElement.GetRawText().Length <= limit;
        return fits ? (clean.RootElement.Clone(), null) : (null, TooLong(given, limit));
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, int limit)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                writer.WriteStringValue(TerminalText.Fit(value.GetString(), limit));
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Write(writer, item, limit);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    writer.WritePropertyName(VisibleText.Escape(member.Name));
                    Write(writer, member.Value, limit);
                }

                writer.WriteEndObject();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static string TooLong(JsonElement value, int limit) =>
        string.Create(CultureInfo.InvariantCulture, $"The value has {value.GetRawText().Length} characters of JSON, and {limit} is the most that is shown.");
}
