using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Search;

/// <summary>Finds the tools that fit a need.</summary>
public interface IToolSearchService
{
    /// <summary>Searches the newest snapshot of the index. Touches no database and takes no lock.</summary>
    /// <param name="query">What to look for, and among what. Any text is legal; an empty one finds nothing.</param>
    /// <param name="cancellationToken">Stops waiting for the embedding generator.</param>
    /// <returns>Hits, best first, with the tokens saved and how sure the ranking is.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The query's limit is not 1–50.</exception>
    Task<ToolSearchResult> SearchAsync(ToolQuery query, CancellationToken cancellationToken = default);
}
