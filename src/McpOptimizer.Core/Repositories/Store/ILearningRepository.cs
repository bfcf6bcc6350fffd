using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Requests and what became of their hits.</summary>
internal interface ILearningRepository
{
    /// <summary>All requests, oldest first.</summary>
    Task<IReadOnlyList<LearnedRequest>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Ids of all requests.</summary>
    Task<IReadOnlyList<string>> ListIdsAsync(CancellationToken cancellationToken = default);

    Task AddAsync(IReadOnlyCollection<LearnedRequest> requests, CancellationToken cancellationToken = default);

    /// <returns>How many there were.</returns>
    Task<int> DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default);
}
