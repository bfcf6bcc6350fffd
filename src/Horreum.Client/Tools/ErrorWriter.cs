using System.Buffers;
using System.Text.Json;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>Writes the contract's error object. Its members are spelled the same in both dialects.</summary>
internal static class ErrorWriter
{
    public static void Write(IBufferWriter<byte> buffer, ToolFailure failure, string? correlationId)
    {
        ContractError error = failure.Error;
        using Utf8JsonWriter writer = new(buffer, ContractJson.WriterOptions);
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteString("code"u8, Word(error.Code));
        writer.WriteString("message"u8, error.Message);
        if (error.Details is { Count: > 0 } details)
        {
            writer.WriteStartObject("details"u8);
            foreach ((string name, string value) in details)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteBoolean("retryable"u8, error.Retryable);
        if (error.RetryAfter is { } wait)
        {
            writer.WriteNumber("retryAfter"u8, Seconds(wait));
        }

        writer.WriteEndObject();
        writer.WriteStartObject("detail"u8);
        writer.WriteString("error_type"u8, Kind(failure.Status));
        if (correlationId is not null)
        {
            writer.WriteString("correlation_id"u8, correlationId);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Whole seconds, rounded up: coming back early would be in vain.</summary>
    public static long Seconds(TimeSpan wait) => (long)Math.Ceiling(Math.Max(0, wait.TotalSeconds));

    private static ReadOnlySpan<byte> Word(ErrorCode code) => code switch
    {
        ErrorCode.NotFound => "NOT_FOUND"u8,
        ErrorCode.InvalidRequest => "INVALID_REQUEST"u8,
        ErrorCode.RateLimited => "RATE_LIMITED"u8,
        ErrorCode.ServiceUnavailable => "SERVICE_UNAVAILABLE"u8,
        ErrorCode.Timeout => "TIMEOUT"u8,
        _ => "INTERNAL_ERROR"u8,
    };

    private static ReadOnlySpan<byte> Kind(int status) => status switch
    {
        504 => "timeout"u8,
        >= 400 and < 500 => "validation_error"u8,
        _ => "upstream_http_error"u8,
    };
}
