using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Horreum.Client.Clients;

/// <summary>Reads times as Horreum sends them, milliseconds since 1970 as number or digits, or ISO 8601; writes milliseconds.</summary>
internal sealed class HorreumTimeJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return FromMilliseconds(reader.TryGetInt64(out long milliseconds) ? milliseconds : (long)reader.GetDouble());
            case JsonTokenType.String:
                string text = reader.GetString()!;
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out milliseconds))
                {
                    return FromMilliseconds(milliseconds);
                }

                return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                    ? time.ToUniversalTime()
                    : default;
            default:
                reader.Skip();
                return default;
        }
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());

    /// <summary>The instant; the nearest there is where it lies beyond all.</summary>
    public static DateTimeOffset FromMilliseconds(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(
        Math.Clamp(milliseconds, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
}
