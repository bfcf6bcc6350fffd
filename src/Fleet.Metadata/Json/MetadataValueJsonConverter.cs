using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fleet.Metadata.Models;

namespace Fleet.Metadata.Json;

/// <summary>Reads and writes a value as the bare JSON text, number or truth value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MetadataValueJsonConverter : JsonConverter<MetadataValue>
{
    /// <inheritdoc />
    public override MetadataValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new MetadataValue(reader.GetString()!),
        JsonTokenType.Number when reader.TryGetDouble(out double number) && double.IsFinite(number) => new MetadataValue(number),
        JsonTokenType.True => new MetadataValue(true),
        JsonTokenType.False => new MetadataValue(false),
        _ => throw new JsonException($"A metadata value is a string, a finite number or a boolean, not {reader.TokenType}."),
    };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, MetadataValue value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else if (value.Flag is { } flag)
        {
            writer.WriteBooleanValue(flag);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
