using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coder.Client.Clients.Wire;

/// <summary>Reads null, the empty text and malformed ids as the empty id, so that one bad record does not cost a listing.</summary>
internal sealed class TolerantGuidConverter : JsonConverter<Guid>
{
    public override bool HandleNull => true;

    public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.TryGetGuid(out Guid id) ? id : Guid.Empty;
        }

        reader.Skip();
        return Guid.Empty;
    }

    public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
