using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Explanations;

namespace McpOptimizer.Core.Tools;

/// <summary>An explanation as JSON: the same over MCP, HTTP and on the command line.</summary>
internal static class ExplanationAnswer
{
    /// <summary>
    /// Compact JSON without nulls: <c>confidence</c>, <c>candidates</c>, <c>encoder</c> when the host's generator had no part, <c>hits</c> and, when a tool was in question, <c>tool</c> with <c>asked</c>, <c>placement</c>,
    /// <c>reason</c>, <c>rank</c>, <c>hit</c> and <c>ahead</c>. Scores are as <see cref="FindAnswer"/> gives them in <c>explanations</c>.
    /// </summary>
    public static string Write(Explanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return ToolJson.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("confidence"u8, explanation.Confidence);
            writer.WriteNumber("candidates"u8, explanation.Candidates);
            if (explanation.EncoderFault is { } fault)
            {
                writer.WriteString("encoder"u8, fault);
            }

            WriteHits(writer, "hits", explanation.Hits);
            if (explanation.Tool is { } tool)
            {
                WritePlacement(writer, tool);
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>The word for a kind, as the JSON has it: for example <c>server_down</c>.</summary>
    public static string WordOf(PlacementKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static void WritePlacement(Utf8JsonWriter writer, ToolPlacement tool)
    {
        writer.WriteStartObject("tool"u8);
        writer.WriteString("asked"u8, tool.Asked);
        writer.WriteString("placement"u8, WordOf(tool.Kind));
        writer.WriteString("reason"u8, tool.Reason);
        if (tool.Rank is { } rank)
        {
            writer.WriteNumber("rank"u8, rank);
        }

        if (tool.Hit is { } hit)
        {
            writer.WritePropertyName("hit"u8);
            FindAnswer.WriteExplanation(writer, hit);
        }

        if (tool.Ahead.Count > 0)
        {
            WriteHits(writer, "ahead", tool.Ahead);
        }

        writer.WriteEndObject();
    }

    private static void WriteHits(Utf8JsonWriter writer, string member, IReadOnlyList<ToolHit> hits)
    {
        writer.WriteStartArray(member);
        foreach (ToolHit hit in hits)
        {
            FindAnswer.WriteExplanation(writer, hit);
        }

        writer.WriteEndArray();
    }
}
