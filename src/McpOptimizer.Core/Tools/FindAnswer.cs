using System.Text.Json;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Tools;

/// <summary>The answer of <c>find_tool</c> as JSON.</summary>
public static class FindAnswer
{
    /// <summary>Compact JSON without nulls: <c>tools</c>, <c>token_metrics</c>, and <c>explanations</c> when they were asked for.</summary>
    public static string Write(ToolSearchResult found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return ToolJson.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("tools"u8);
            foreach (ToolHit hit in found.Hits)
            {
                ToolJson.Write(writer, hit.Tool);
            }

            writer.WriteEndArray();
            ToolJson.Write(writer, found.Metrics);
            if (found.Hits.Any(hit => hit.Explanation is not null))
            {
                WriteExplanations(writer, found.Hits);
            }

            writer.WriteEndObject();
        });
    }

    private static void WriteExplanations(Utf8JsonWriter writer, IReadOnlyList<ToolHit> hits)
    {
        writer.WriteStartArray("explanations"u8);
        foreach (ToolHit hit in hits.Where(hit => hit.Explanation is not null))
        {
            HitExplanation why = hit.Explanation!;
            writer.WriteStartObject();
            writer.WriteString("tool"u8, $"{hit.Tool.ServerName}/{hit.Tool.Name}");
            writer.WriteNumber("score"u8, Math.Round(hit.Score, 4));
            if (why.LexicalRank is { } lexical)
            {
                writer.WriteNumber("lexical_rank"u8, lexical);
                writer.WriteNumber("lexical_score"u8, Math.Round(why.LexicalScore, 3));
            }

            if (why.SemanticRank is { } semantic)
            {
                writer.WriteNumber("semantic_rank"u8, semantic);
                writer.WriteNumber("semantic_score"u8, Math.Round(why.SemanticScore, 3));
            }

            writer.WriteNumber("semantic_weight"u8, Math.Round(why.SemanticWeight, 3));
            writer.WriteStartArray("matched_terms"u8);
            foreach (string term in why.MatchedTerms)
            {
                writer.WriteStringValue(term);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
