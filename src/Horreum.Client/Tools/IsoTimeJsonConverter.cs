using System.Text.Json;
using System.Text.Json.Serialization;

namespace Horreum.Client.Tools;

/// <summary>Writes times as the contract wants them: ISO 8601 in UTC with milliseconds.</summary>
internal sealed class IsoTimeJsonConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>Bytes of a time.</summary>
    public const int Length = 24;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Length];
        Format(value, text);
        writer.WriteStringValue(text);
    }

    /// <summary>Writes a time by hand: a page of runs holds hundreds of times, and a custom format string costs more than the rest of the run.</summary>
    public static void Format(DateTimeOffset value, Span<byte> text)
    {
        DateTime time = value.UtcDateTime;
        "0000-00-00T00:00:00.000Z"u8.CopyTo(text);
        Digits(text[..4], time.Year);
        Digits(text[5..7], time.Month);
        Digits(text[8..10], time.Day);
        Digits(text[11..13], time.Hour);
        Digits(text[14..16], time.Minute);
        Digits(text[17..19], time.Second);
        Digits(text[20..23], time.Millisecond);
    }

    private static void Digits(Span<byte> text, int number)
    {
        for (int at = text.Length - 1; at >= 0; at--)
        {
            text[at] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
