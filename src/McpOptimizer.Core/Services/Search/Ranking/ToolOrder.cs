using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>The order of tools of equal score: server name, tool name, id, ordinal.</summary>
internal static class ToolOrder
{
    /// <summary>Negative when the left one comes first.</summary>
    public static int Compare(IndexedServer left, int leftAt, IndexedServer right, int rightAt)
    {
        // Catalogues with many tools alike have long rows of equal scores, mostly of one server.
        if (ReferenceEquals(left, right))
        {
            return left.Block.Places[leftAt].CompareTo(left.Block.Places[rightAt]);
        }

        int order = string.CompareOrdinal(left.Name, right.Name);
        return order != 0 ? order : CompareTools(left.Block.Tools[leftAt], right.Block.Tools[rightAt]);
    }

    private static int CompareTools(IndexedTool left, IndexedTool right)
    {
        int order = string.CompareOrdinal(left.Name, right.Name);
        return order != 0 ? order : string.CompareOrdinal(left.Id, right.Id);
    }
}
