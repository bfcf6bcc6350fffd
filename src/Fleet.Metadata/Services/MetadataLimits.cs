using System.Buffers;
using System.Text.Json;
using Fleet.Metadata.Json;
using Fleet.Metadata.Models;
using Microsoft.Extensions.Logging;

namespace Fleet.Metadata.Services;

/// <summary>Keeps an answer within the sizes of the contract, all measured in bytes of JSON as it is sent. A long value never costs the others.</summary>
internal sealed partial class MetadataLimits(MetadataMetrics metrics, ILogger<MetadataLimits> logger)
{
    /// <summary>Longest key, in characters.</summary>
    public const int MaxKeyLength = 256;

    /// <summary>Largest value, in bytes of JSON.</summary>
    public const int MaxValueBytes = 4096;

    /// <summary>Largest <c>data</c> object, in bytes of JSON.</summary>
    public const int MaxTotalBytes = 1024 * 1024;

    /// <summary>Longest description, in characters.</summary>
    public const int MaxDescriptionLength = 256;

    private const int QuoteBytes = 2;

    public void Apply(SortedDictionary<string, MetadataEntry> entries)
    {
        int total = QuoteBytes;
        List<(string Key, int Bytes)> sizes = [];
        foreach ((string key, MetadataEntry entry) in entries.ToArray())
        {
            entries.Remove(key);
            if (Fit(key, entry) is { } fitting)
            {
                string name = MetadataText.Clean(key);
                entries[name] = fitting;
                int bytes = TextBytes(name) + QuoteBytes + 2 + EntryBytes(fitting);
                sizes.Add((name, bytes));
                total += bytes;
            }
        }

        sizes.Sort(static (a, b) => string.CompareOrdinal(b.Key, a.Key));
        foreach ((string key, int bytes) in sizes.TakeWhile(_ => total > MaxTotalBytes))
        {
            total -= bytes;
            entries.Remove(key);
            Log(key, "the whole answer would be too large");
        }
    }

    private MetadataEntry? Fit(string key, MetadataEntry entry)
    {
        if (key.Length > MaxKeyLength)
        {
            Log(key[..MaxKeyLength], $"its key is longer than {MaxKeyLength} characters");
            return null;
        }

        if (!Agrees(entry))
        {
            Log(key, "its value does not agree with its type");
            return null;
        }

        MetadataSchema schema = entry.Schema with { Description = FitDescription(entry.Schema.Description) };
        if (entry.Value.Text is not { } text)
        {
            return entry with { Schema = schema };
        }

        string clean = MetadataText.Clean(text);
        if (TextBytes(clean) + QuoteBytes > MaxValueBytes)
        {
            if (schema.Type == MetadataType.Choice)
            {
                Log(key, $"it is larger than {MaxValueBytes} bytes");
                return null;
            }

            clean = MetadataText.Cut(clean, MaxValueBytes - QuoteBytes, TextBytes);
            LogShortened(key, MaxValueBytes);
            metrics.CountCut();
        }

        return new MetadataEntry { Value = new MetadataValue(clean), Schema = schema };
    }

    private static bool Agrees(MetadataEntry entry) => entry.Schema.Type switch
    {
        MetadataType.Text => entry.Value.Text is not null && entry.Schema.Values is null,
        MetadataType.Number => entry.Value.Number is not null && entry.Schema.Values is null,
        MetadataType.Flag => entry.Value.Flag is not null && entry.Schema.Values is null,
        MetadataType.Choice => entry.Value.Text is { } word && entry.Schema.Values?.Contains(word) == true,
        _ => false,
    };

    private static string FitDescription(string description)
    {
        string clean = MetadataText.Clean(description);
        return clean.Length <= MaxDescriptionLength ? clean : MetadataText.Cut(clean, MaxDescriptionLength, static piece => piece.Length);
    }

    private static int TextBytes(string text) => JsonEncodedText.Encode(text, FleetMetadataJson.DefaultOptions.Encoder).EncodedUtf8Bytes.Length;

    private static int EntryBytes(MetadataEntry entry)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = FleetMetadataJson.DefaultOptions.Encoder });
        JsonSerializer.Serialize(writer, entry, FleetMetadataJsonContext.Default.MetadataEntry);
        writer.Flush();
        return buffer.WrittenCount;
    }

    private void Log(string key, string reason)
    {
        LogDropped(key, reason);
        metrics.CountCut();
    }

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "'{Key}' is left out: {Reason}.")]
    private partial void LogDropped(string key, string reason);

    [LoggerMessage(EventId = 5, Level = LogLevel.Information, Message = "'{Key}' is cut to {Bytes} bytes.")]
    private partial void LogShortened(string key, int bytes);
}
