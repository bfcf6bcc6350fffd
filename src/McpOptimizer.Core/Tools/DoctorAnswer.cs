using System.Text.Json;
using McpOptimizer.Core.Models.Doctor;

namespace McpOptimizer.Core.Tools;

/// <summary>A report of the doctor as JSON.</summary>
internal static class DoctorAnswer
{
    /// <summary>
    /// Compact JSON without nulls: <c>servers</c>, <c>tools</c>, <c>tokens</c>, <c>found_first</c>, <c>found_among_five</c>, <c>enriched</c>, and <c>findings</c> with <c>severity</c>
    /// (info, warning, error), <c>code</c>, <c>tool</c>, <c>message</c>, <c>suggestion</c>, <c>effect</c>, <c>others</c>.
    /// </summary>
    public static string Write(DoctorReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return ToolJson.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("servers"u8, report.Servers);
            writer.WriteNumber("tools"u8, report.Tools);
            writer.WriteNumber("tokens"u8, report.Tokens);
            writer.WriteNumber("found_first"u8, report.FoundFirst);
            writer.WriteNumber("found_among_five"u8, report.FoundAmongFive);
            if (report.Enriched is { } enriched)
            {
                writer.WriteNumber("enriched"u8, enriched);
            }

            writer.WriteStartArray("findings"u8);
            foreach (DoctorFinding finding in report.Findings)
            {
                Write(writer, finding);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, DoctorFinding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("severity"u8, JsonNamingPolicy.SnakeCaseLower.ConvertName(finding.Severity.ToString()));
        writer.WriteString("code"u8, finding.Code);
        writer.WriteString("tool"u8, finding.Tool);
        writer.WriteString("message"u8, finding.Message);
        if (finding.Suggestion is not null)
        {
            writer.WriteString("suggestion"u8, finding.Suggestion);
        }

        if (finding.Effect is not null)
        {
            writer.WriteString("effect"u8, finding.Effect);
        }

        if (finding.Others.Count > 0)
        {
            writer.WriteStartArray("others"u8);
            foreach (string other in finding.Others)
            {
                writer.WriteStringValue(other);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
