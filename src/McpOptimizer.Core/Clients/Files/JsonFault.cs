using System.Text.Json;

namespace McpOptimizer.Core.Clients.Files;

/// <summary>Says where JSON went wrong, counting lines and columns from 1 as editors do.</summary>
internal static class JsonFault
{
    public static string Describe(string subject, JsonException fault)
    {
        string place = fault.LineNumber is { } line ? $" at line {line + 1}, column {(fault.BytePositionInLine ?? 0) + 1}" : "";
        string path = fault.Path is { Length: > 1 } name ? $" ({name})" : "";
        return $"{subject} is not valid{place}{path}: {Reason(fault)}";
    }

    // The serializer repeats path and position behind the reason.
    private static string Reason(JsonException fault)
    {
        string message = fault.Message;
        foreach (string tail in (ReadOnlySpan<string>)[" Path: ", " LineNumber: "])
        {
            int at = message.IndexOf(tail, StringComparison.Ordinal);
            message = at < 0 ? message : message[..at];
        }

        return message;
    }
}
