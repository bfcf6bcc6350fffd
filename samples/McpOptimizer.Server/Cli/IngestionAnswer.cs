using McpOptimizer.Core.Models;

namespace McpOptimizer.Server.Cli;

/// <summary>What a look did, as JSON: <c>seen</c>, <c>changed</c>, <c>deleted</c>, <c>embedded</c>, <c>changes</c>, <c>problems</c>.</summary>
internal static class IngestionAnswer
{
    public static string Write(IngestionReport report) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("seen"u8, report.Seen);
        writer.WriteNumber("changed"u8, report.Changed);
        writer.WriteNumber("deleted"u8, report.Deleted);
        writer.WriteNumber("embedded"u8, report.Embedded);
        WriteAll("changes", report.Changes);
        WriteAll("problems", report.Problems);
        writer.WriteEndObject();

        void WriteAll(string name, IReadOnlyList<string> sentences)
        {
            writer.WriteStartArray(name);
            foreach (string sentence in sentences)
            {
                writer.WriteStringValue(sentence);
            }

            writer.WriteEndArray();
        }
    });
}
