using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coder.Client.Clients.Wire;

/// <summary>Reads an absent id in any of Coder's spellings (null, empty text, all zeros) as null.</summary>
internal sealed class OptionalGuidConverter : JsonConverter<Guid?>
{
    public override Guid? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.TryGetGuid(out Guid id) && id != Guid.Empty ? id : null;
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, Guid? value, JsonSerializerOptions options)
    {
        if (value is { } id)
        {
            writer.WriteStringValue(id);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
