using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Explanations;

/// <summary>Knows one more thing that keeps tools out of the index. Register as many as there are.</summary>
internal interface IAbsenceReason
{
    /// <summary>Why no tool of that name is in the index, in a sentence; null when this is not the reason.</summary>
    /// <param name="tool">The name as it was asked: <c>server/name</c> or a bare name.</param>
    /// <param name="scope">Nothing may be said of a tool outside of it; <see cref="VisibilityScope.Everything"/> for an operator.</param>
    string? Find(string tool, VisibilityScope scope);
}
