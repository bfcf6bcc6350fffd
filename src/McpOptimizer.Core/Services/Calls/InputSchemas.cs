using System.Runtime.CompilerServices;
using System.Text.Json;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>The input schemas of tools that were called, read once for as long as the tool is in an index.</summary>
internal static class InputSchemas
{
    private static readonly ConditionalWeakTable<IndexedTool, StrongBox<JsonElement>> Read = [];

    /// <summary>The schema; undefined when the definition has none that could be read.</summary>
    public static JsonElement Of(IndexedTool tool) => Read.GetValue(tool, static known => new StrongBox<JsonElement>(Parse(known))).Value;

    private static JsonElement Parse(IndexedTool tool)
    {
        try
        {
            return Definition.Parse(tool.DefinitionJson).InputSchema;
        }
        catch (JsonException)
        {
            // What cannot be read cannot be checked: the server judges.
            return default;
        }
    }
}
