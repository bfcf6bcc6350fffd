using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coder.Client.Clients.Wire;

/// <summary>Reads any offset and 0 to 9 fractional digits; the zero time, which stands for "never", and what is no time at all become null.</summary>
internal sealed class OptionalTimeConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        return reader.TryGetDateTimeOffset(out DateTimeOffset time) && time.Year > 1 ? time : null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } time)
        {
            writer.WriteStringValue(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
