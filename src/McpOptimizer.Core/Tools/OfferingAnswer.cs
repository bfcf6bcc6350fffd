using System.Text.Json;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Tools;

/// <summary>Question and answer of <c>find_resource</c> and <c>find_prompt</c>.</summary>
internal static class OfferingAnswer
{
    public static ToolQuery ReadQuery(string tool, IDictionary<string, JsonElement>? given)
    {
        ToolArguments arguments = new ToolArguments(tool, given, "description", "keywords", "limit").RejectUnknown();
        return new ToolQuery
        {
            Description = arguments.RequiredText("description", ToolArguments.LongestNeed),
            Keywords = arguments.OptionalWords("keywords"),
            Limit = arguments.OptionalNumber("limit", 1, 50),
        };
    }

    /// <summary>Definitions as listed, each with <c>mcp_server_name</c>; a note when none clearly fits.</summary>
    public static string Write(string member, ToolSearchResult found, double nothingFitsBelow) => ToolJson.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray(member);
        foreach (ToolHit hit in found.Hits)
        {
            ToolJson.Write(writer, hit.Tool);
        }

        writer.WriteEndArray();
        if (found.ByWordsAlone)
        {
            writer.WriteString("note"u8, FindAnswer.ByWordsAlone);
        }
        else if (found.Hits.Count == 0)
        {
            writer.WriteString("note"u8, "Nothing fits.");
        }
        else if (found.Confidence < nothingFitsBelow)
        {
            writer.WriteString("note"u8, "Nothing clearly fits; these are the nearest.");
        }

        writer.WriteEndObject();
    });
}
