using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;

namespace McpOptimizer.Core.Tools;

/// <summary>The answer of <c>find_tool</c> as JSON.</summary>
internal static class FindAnswer
{
    public const string ByWordsAlone =
        "The need is not in English: it was searched by its words alone, not by its meaning. Names and numbers in it count. Say it in English for better hits.";

    private const int MostStarting = 20;

    /// <summary>
    /// Compact JSON without nulls: <c>tools</c>, <c>token_metrics</c>, and, where they apply, <c>left_out</c>, <c>note</c>, <c>starting</c>, <c>withheld</c>,
    /// <c>installable</c>, <c>explanations</c>.
    /// </summary>
    public static string Write(FindResult found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return ToolJson.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("tools"u8);
            foreach (FoundTool tool in found.Tools)
            {
                ToolJson.Write(writer, tool);
            }

            writer.WriteEndArray();
            ToolJson.Write(writer, found.Metrics);
            WriteLeftOut(writer, found);
            WriteDoubts(writer, found);
            if (found.WithheldBetter is { } server)
            {
                writer.WriteString("withheld"u8, $"A tool of the server '{server}' may fit better, but is withheld until an operator approves it.");
            }

            if (found.Tools.Any(tool => tool.Hit.Explanation is not null))
            {
                WriteExplanations(writer, [.. found.Tools.Select(tool => tool.Hit)]);
            }

            writer.WriteEndObject();
        });
    }

    private static void WriteLeftOut(Utf8JsonWriter writer, FindResult found)
    {
        if (found.LeftOut + found.Shortened == 0)
        {
            return;
        }

        writer.WriteStartObject("left_out"u8);
        writer.WriteNumber("hits"u8, found.LeftOut);
        writer.WriteNumber("shortened"u8, found.Shortened);
        writer.WriteString("hint"u8, "describe_tool gives full definitions; a larger token_budget shows more.");
        writer.WriteEndObject();
    }

    private static void WriteDoubts(Utf8JsonWriter writer, FindResult found)
    {
        if (NoteOf(found) is { } note)
        {
            writer.WriteString("note"u8, note);
        }

        if (!found.NothingFits)
        {
            return;
        }

        if (found.Starting.Count > 0)
        {
            writer.WriteStartArray("starting"u8);
            foreach (string server in found.Starting.Take(MostStarting))
            {
                writer.WriteStringValue(server);
            }

            writer.WriteEndArray();
        }

        if (found.Installable.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("installable"u8);
        foreach (ToolHit hit in found.Installable)
        {
            ToolJson.Write(writer, hit.Tool);
        }

        writer.WriteEndArray();
    }

    private static string? NoteOf(FindResult found) => (found.ByWordsAlone, found.NothingFits, found.IsPending, found.Tools.Count) switch
    {
        (true, true, true, _) => ByWordsAlone + " Servers are still starting: ask again in a few seconds.",
        (true, _, _, _) => ByWordsAlone,
        (_, false, _, _) => null,
        (_, _, true, 0) => "No tool fits yet: servers are still starting. Ask again in a few seconds.",
        (_, _, true, _) => "Nothing clearly fits so far; these are the nearest. Servers are still starting: ask again in a few seconds.",
        (_, _, false, 0) => "No tool fits.",
        _ => "Nothing clearly fits; these are the nearest.",
    };

    private static void WriteExplanations(Utf8JsonWriter writer, IReadOnlyList<ToolHit> hits)
    {
        writer.WriteStartArray("explanations"u8);
        foreach (ToolHit hit in hits.Where(hit => hit.Explanation is not null))
        {
            WriteExplanation(writer, hit);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes why one hit is there.</summary>
    internal static void WriteExplanation(Utf8JsonWriter writer, ToolHit hit)
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
        if (why.RecentServer > 0)
        {
            writer.WriteNumber("recent_server"u8, Math.Round(why.RecentServer, 3));
        }

        writer.WriteStartArray("legs"u8);
        foreach (ScoreLeg leg in why.Legs)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, leg.Name);
            writer.WriteNumber("weight"u8, Math.Round(leg.Weight, 3));
            writer.WriteNumber("score"u8, Math.Round(leg.Score, 3));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (why.History is { } history)
        {
            writer.WriteStartObject("history"u8);
            writer.WriteNumber("score"u8, Math.Round(history.Score, 3));
            writer.WriteNumber("calls"u8, history.Calls);
            writer.WriteNumber("failures"u8, history.Failures);
            writer.WriteNumber("passed_over"u8, history.PassedOver);
            writer.WriteString("text"u8, history.ToString());
            writer.WriteEndObject();
        }

        if (why.Enrichment is { } enrichment)
        {
            writer.WriteStartObject("enrichment"u8);
            writer.WriteNumber("score"u8, Math.Round(enrichment.Score, 3));
            writer.WriteString("purpose"u8, enrichment.Purpose);
            writer.WritePropertyName("requests"u8);
            writer.WriteRawValue(ToolJson.List(enrichment.Requests));
            if (enrichment.Nearest is { } nearest)
            {
                writer.WriteString("nearest"u8, nearest);
                writer.WriteNumber("similarity"u8, Math.Round(enrichment.Similarity, 3));
            }

            writer.WriteEndObject();
        }

        writer.WriteStartArray("matched_terms"u8);
        foreach (string term in why.MatchedTerms)
        {
            writer.WriteStringValue(term);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
