using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Catalogue;

namespace McpOptimizer.Core.Services.Explanations;

/// <summary>Tools are not found while their definitions await approval.</summary>
internal sealed class WithheldReason(ToolIndexes indexes)
{
    /// <summary>Why no tool of that name is in the index, in a sentence; null when this is not the reason.</summary>
    /// <param name="tool">The name as it was asked: <c>server/name</c> or a bare name.</param>
    /// <param name="scope">Nothing may be said of a tool outside of it; <see cref="VisibilityScope.Everything"/> for an operator.</param>
    public string? Find(string tool, VisibilityScope scope) => indexes.Withheld.Current.FindByName(tool, scope) is [{ } withheld, ..]
        ? $"Its definition, or the instructions of '{withheld.ServerName}', changed or was never approved, and awaits approval by an operator."
        : null;
}
