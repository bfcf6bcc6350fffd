using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Horreum.Client.Models;

/// <summary>Reads and writes <see cref="Access"/> as the server's word; anything but a string reads as no word.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AccessJsonConverter : JsonConverter<Access>
{
    /// <inheritdoc/>
    public override Access Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return default;
        }

        return ReadWord(ref reader);
    }

    // The three known words are the rule, so that reading a list of runs makes no string for each.
    internal static Access ReadWord(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("PUBLIC"u8) ? Access.Public
            : reader.ValueTextEquals("PRIVATE"u8) ? Access.Private
            : reader.ValueTextEquals("PROTECTED"u8) ? Access.Protected
            : new Access(reader.GetString());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Access value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }
}
