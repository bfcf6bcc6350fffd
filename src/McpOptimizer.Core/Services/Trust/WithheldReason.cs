using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Explanations;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Tools are not found while their definitions await approval.</summary>
internal sealed class WithheldReason(ToolIndexes indexes) : IAbsenceReason
{
    public string? Find(string tool, VisibilityScope scope) => indexes.Withheld.Current.FindByName(tool, scope) is [{ } withheld, ..]
        ? $"Its definition, or the instructions of '{withheld.ServerName}', changed or was never approved, and awaits approval by an operator."
        : null;
}
