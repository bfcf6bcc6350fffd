using System.Runtime.CompilerServices;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Definitions;

/// <summary>Hashes of definitions, worked out once for each tool of a snapshot.</summary>
internal static class DefinitionHashes
{
    private static readonly ConditionalWeakTable<IndexedTool, string> Known = [];

    /// <summary>The same for the same definition in any spelling.</summary>
    public static string Of(IndexedTool tool) => Known.GetValue(tool, static tool => ToolHasher.HashDefinition(tool.DefinitionJson));
}
