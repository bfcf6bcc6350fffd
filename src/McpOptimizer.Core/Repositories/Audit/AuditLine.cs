using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Repositories.Audit;

/// <summary>A record as one line of JSON, and back. The line is plain ASCII, so that no name in it can forge another line or steer a terminal.</summary>
internal static class AuditLine
{
    private const int LongestArguments = 64 * 1024;
    private const int ShownHash = 12;

    private static readonly JsonWriterOptions Writing = new() { MaxDepth = 2 * JsonText.MaxDepth };

    public static byte[] Write(CallAuditRecord record)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("at", record.At.UtcDateTime);
            Write(writer, "caller", record.Caller);

            // Whoever reads the file must not be able to go on in the session.
            Write(writer, "session", record.SessionId is { } id ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..ShownHash] : null);
            writer.WriteString("method", record.Method);
            Write(writer, "server", record.ServerName);
            Write(writer, "tool", record.ToolName);
            writer.WriteString("outcome", record.Status.ToString());
            Write(writer, "failure", record.Failure?.ToString());
            writer.WriteNumber("argument_bytes", record.ArgumentBytes);
            writer.WriteNumber("result_bytes", record.ResultBytes);
            writer.WriteBoolean("cut", record.Cut);
            writer.WriteNumber("duration_ms", Math.Round(record.Duration.TotalMilliseconds, 3));
            Write(writer, "trace_id", record.TraceId);
            if (record.Arguments is { } arguments)
            {
                WriteArguments(writer, arguments);
            }

            writer.WriteEndObject();
        }

        return End(buffer);
    }

    /// <summary>A note that so many records are missing before this place.</summary>
    public static byte[] WriteLost(DateTimeOffset at, long lost)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("at", at.UtcDateTime);
            writer.WriteNumber("lost", lost);
            writer.WriteEndObject();
        }

        return End(buffer);
    }

    /// <summary>What a line says; null for one that was not written here, or only in part.</summary>
    public static AuditEntry? Read(string line)
    {
        try
        {
            JsonElement json = JsonElement.Parse(line, JsonText.Reading);
            DateTimeOffset at = json.GetProperty("at").GetDateTimeOffset();
            return json.TryGetProperty("lost", out JsonElement lost)
                ? new AuditEntry(at, null, lost.GetInt64(), VisibleText.Escape(line))
                : new AuditEntry(at, ReadCall(json, at), 0, VisibleText.Escape(line));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static CallAuditRecord ReadCall(JsonElement json, DateTimeOffset at) => new()
    {
        At = at,
        Caller = Text(json, "caller"),
        SessionId = Text(json, "session"),
        Method = Text(json, "method")!,
        ServerName = Text(json, "server"),
        ToolName = Text(json, "tool"),
        Status = Enum.Parse<ToolCallStatus>(Text(json, "outcome")!),
        Failure = Text(json, "failure") is { } failure ? Enum.Parse<BackendFailure>(failure) : null,
        ArgumentBytes = json.GetProperty("argument_bytes").GetInt64(),
        ResultBytes = json.GetProperty("result_bytes").GetInt64(),
        Cut = json.GetProperty("cut").GetBoolean(),
        Duration = TimeSpan.FromMilliseconds(json.GetProperty("duration_ms").GetDouble()),
        TraceId = Text(json, "trace_id"),
        Arguments = json.TryGetProperty("arguments", out JsonElement arguments) ? arguments.GetRawText() : null,
    };

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static void Write(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, VisibleText.Shorten(JsonText.Whole(text)));
        }
    }

    private static void WriteArguments(Utf8JsonWriter writer, string arguments)
    {
        if (arguments.Length > LongestArguments)
        {
            writer.WriteString("arguments", VisibleText.Shorten(JsonText.Whole(arguments), LongestArguments));
            return;
        }

        // Parsed, so that it becomes one line whatever its layout was.
        writer.WritePropertyName("arguments");
        JsonText.Whole(JsonElement.Parse(arguments, JsonText.Reading)).WriteTo(writer);
    }

    private static byte[] End(ArrayBufferWriter<byte> buffer)
    {
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
