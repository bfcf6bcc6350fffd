using System.Text.Json;
using McpOptimizer.Core.Models;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Tools;

/// <summary>A list of tools as the original answers it: one text block a tool, and all of them under <c>result</c>.</summary>
internal static class ToolListAnswer
{
    public static CallToolResult Create(IReadOnlyList<IndexedTool> tools)
    {
        string[] texts = [.. tools.Select(tool => ToolJson.Build(writer => ToolJson.Write(writer, tool)))];
        return new CallToolResult
        {
            Content = [.. texts.Select(text => new TextContentBlock { Text = text })],
            StructuredContent = JsonElement.Parse($"{{\"result\":[{string.Join(',', texts)}]}}", JsonText.Reading),
        };
    }
}
