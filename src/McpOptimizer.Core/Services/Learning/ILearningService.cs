using McpOptimizer.Core.Models.Learning;

namespace McpOptimizer.Core.Services.Learning;

/// <summary>What is remembered of how tools are used, and how to forget it.</summary>
public interface ILearningService
{
    /// <summary>What is remembered, by profile.</summary>
    Task<IReadOnlyList<LearningProfile>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Forgets, in the database and in this process at once; other processes on the same database follow within a minute.</summary>
    /// <returns>How many requests were forgotten.</returns>
    /// <exception cref="ArgumentException">A tool is named without its server.</exception>
    Task<int> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken = default);
}
