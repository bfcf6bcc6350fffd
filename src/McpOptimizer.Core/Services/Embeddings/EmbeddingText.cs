using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>The texts that stand for tools and servers in vector space; the same for ingestion and evaluation.</summary>
public static class EmbeddingText
{
    /// <summary>Server context, tool name, first sentence of the description, and the title when it says something new.</summary>
    /// <param name="context">The linked registry entry's name, else the workload's.</param>
    /// <param name="tool">The tool.</param>
    public static string ForTool(string context, ToolDefinition tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        string text = $"Server: {context} | Tool: {tool.Name}";
        if (!string.IsNullOrWhiteSpace(tool.Description))
        {
            text += $" | Description: {FirstSentence(tool.Description)}";
        }

        if (!string.IsNullOrWhiteSpace(tool.Title) && tool.Title != tool.Name)
        {
            text += $" | Title: {tool.Title}";
        }

        return text;
    }

    /// <summary>Name, description and tags of a registry entry.</summary>
    public static string ForServer(string name, string? description, IReadOnlyCollection<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        string text = $"Server: {name}";
        if (!string.IsNullOrWhiteSpace(description))
        {
            text += $" | Description: {description}";
        }

        return tags.Count == 0 ? text : $"{text} | Tags: {string.Join(", ", tags)}";
    }

    private static string FirstSentence(string description)
    {
        string line = description.ReplaceLineEndings(" ").Trim();
        int end = line.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? line : line[..(end + 1)];
    }
}
