using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>The order of tools of equal score: server name, tool name, id, ordinal.</summary>
internal static class ToolOrder
{
    /// <summary>Negative when the left one comes first.</summary>
    public static int Compare(ToolBlock left, int leftAt, ToolBlock right, int rightAt)
    {
        // Catalogues with many tools alike have long rows of equal scores, mostly of one server.
        if (ReferenceEquals(left, right))
        {
            return left.Places[leftAt].CompareTo(right.Places[rightAt]);
        }

        IndexedTool a = left.Tools[leftAt];
        IndexedTool b = right.Tools[rightAt];
        int order = string.CompareOrdinal(a.ServerName, b.ServerName);
        order = order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    }
}
