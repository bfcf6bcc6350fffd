using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Server.BuiltIn;

/// <summary>Small questions that have an exact answer. Nothing is read, written or sent.</summary>
[McpServerToolType]
internal sealed class ToolboxTools
{
    private const int LongestText = 1_000_000;

    [McpServerTool(Name = "current_time", ReadOnly = true, Destructive = false, OpenWorld = false)]
    [Description("Tells the current date and time in a time zone.")]
    public static string CurrentTime([Description("IANA time zone such as Europe/Paris; UTC when left out.")] string? timeZone = null) =>
        Stamp(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), Zone(timeZone ?? "UTC")));

    [McpServerTool(Name = "convert_time", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Converts a local date and time from one time zone to another, daylight saving included.")]
    public static string ConvertTime(
        [Description("Local time, for example 2026-03-29 09:30.")] string time,
        [Description("IANA time zone the time is in.")] string fromZone,
        [Description("IANA time zone to convert to.")] string toZone)
    {
        if (!DateTime.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            throw new McpException($"'{VisibleText.Shorten(time)}' is not a time; write it like 2026-03-29 09:30.");
        }

        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        TimeZoneInfo from = Zone(fromZone);
        return from.IsInvalidTime(local)
            ? throw new McpException($"{local:yyyy-MM-dd HH:mm} does not exist in {from.Id}: the clocks are put forward then.")
            : Stamp(TimeZoneInfo.ConvertTime(new DateTimeOffset(local, from.GetUtcOffset(local)), Zone(toZone)));
    }

    [McpServerTool(Name = "days_between", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Counts the days from one date to another, and tells the weekday of both.")]
    public static string DaysBetween([Description("First date, YYYY-MM-DD.")] string from, [Description("Second date, YYYY-MM-DD.")] string to)
    {
        DateOnly first = Date(from);
        DateOnly second = Date(to);
        return string.Create(CultureInfo.InvariantCulture, $"{second.DayNumber - first.DayNumber} days, from {first.DayOfWeek} to {second.DayOfWeek}");
    }

    [McpServerTool(Name = "hash_text", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Computes the checksum (hash) of a text in UTF-8.")]
    public static string HashText([Description("The text.")] string text, [Description("sha256 (default), sha384 or sha512.")] string algorithm = "sha256")
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Bounded(text));
        return Convert.ToHexStringLower(algorithm.ToLowerInvariant() switch
        {
            "sha256" => SHA256.HashData(bytes),
            "sha384" => SHA384.HashData(bytes),
            "sha512" => SHA512.HashData(bytes),
            _ => throw new McpException($"There is no algorithm '{VisibleText.Shorten(algorithm)}'; there is sha256, sha384 and sha512."),
        });
    }

    [McpServerTool(Name = "encode_base64", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Encodes a text as Base64.")]
    public static string EncodeBase64([Description("The text.")] string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Bounded(text)));

    [McpServerTool(Name = "decode_base64", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Decodes Base64 to the text it stands for.")]
    public static string DecodeBase64([Description("The Base64 text.")] string text)
    {
        byte[] bytes = new byte[Bounded(text).Length];
        return Convert.TryFromBase64String(text.Trim(), bytes, out int length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw new McpException("The text is not Base64.");
    }

    [McpServerTool(Name = "new_uuid", ReadOnly = true, Destructive = false, OpenWorld = false)]
    [Description("Makes a new random identifier (UUID, GUID).")]
    public static string NewUuid() => Guid.NewGuid().ToString();

    [McpServerTool(Name = "count_text", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Counts the characters, words and lines of a text.")]
    public static string CountText([Description("The text.")] string text) => string.Create(
        CultureInfo.InvariantCulture,
        $"{new StringInfo(Bounded(text)).LengthInTextElements} characters, {text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length} words, {text.ReplaceLineEndings("\n").Split('\n').Length} lines");

    [McpServerTool(Name = "check_json", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Says whether a text is valid JSON, and where it is not.")]
    public static string CheckJson([Description("The text.")] string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Bounded(text));
            return $"Valid JSON: {document.RootElement.ValueKind.ToString().ToLowerInvariant()}.";
        }
        catch (JsonException e)
        {
            return $"Not valid JSON: {e.Message}";
        }
    }

    [McpServerTool(Name = "convert_number", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Converts a whole number of any length between decimal, hexadecimal and binary.")]
    public static string ConvertNumber([Description("The number, such as 255, 0xFF or 0b1111.")] string number)
    {
        string text = Bounded(number).Trim().Replace("_", "", StringComparison.Ordinal);
        bool parsed = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger value)
            : text.StartsWith("0b", StringComparison.OrdinalIgnoreCase) ? BigInteger.TryParse("0" + text[2..], NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out value)
            : BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        return parsed
            ? string.Create(CultureInfo.InvariantCulture, $"decimal {value}, hexadecimal 0x{value:X}, binary 0b{value:B}")
            : throw new McpException($"'{VisibleText.Shorten(number)}' is not a whole number; write 255, 0xFF or 0b1111.");
    }

    private static string Stamp(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss zzz (dddd)", CultureInfo.InvariantCulture);

    private static TimeZoneInfo Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
        ? zone
        : throw new McpException($"There is no time zone '{VisibleText.Shorten(name)}'; names are like Europe/Paris, America/New_York or UTC.");

    private static DateOnly Date(string text) => DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
        ? date
        : throw new McpException($"'{VisibleText.Shorten(text)}' is not a date; write it like 2026-03-29.");

    private static string Bounded(string text) => text.Length <= LongestText ? text : throw new McpException($"The text has {text.Length} characters; at most {LongestText} are looked at.");
}
