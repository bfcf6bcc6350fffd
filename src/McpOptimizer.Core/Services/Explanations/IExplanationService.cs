using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Explanations;

namespace McpOptimizer.Core.Services.Explanations;

/// <summary>Says why a search answers as it does: why each hit is there, and why a tool is not.</summary>
public interface IExplanationService
{
    /// <summary>Explains the answer to a need.</summary>
    /// <param name="request">The need, and the tool in question if there is one.</param>
    /// <param name="caller">Who asks, or for whom an operator asks: the ranking is the one that this caller gets.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 50.</exception>
    Task<Explanation> ExplainAsync(ExplanationRequest request, CallerIdentity caller, CancellationToken cancellationToken = default);
}
