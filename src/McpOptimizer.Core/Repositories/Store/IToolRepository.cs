using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Tools of one of the two kinds of server.</summary>
internal interface IToolRepository
{
    /// <summary>All tools, grouped by server: one server's tools follow each other, in listing order.</summary>
    Task<IReadOnlyList<StoredTool>> ListAsync(CancellationToken cancellationToken = default);

    Task<IReadOnlyList<StoredTool>> ListByServerAsync(string serverId, CancellationToken cancellationToken = default);

    /// <summary>Ids of servers with at least one tool that the model did not embed.</summary>
    Task<IReadOnlyList<string>> ListServersOfOtherModelsAsync(string model, CancellationToken cancellationToken = default);

    Task UpsertAsync(IReadOnlyCollection<StoredTool> tools, CancellationToken cancellationToken = default);

    Task DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default);
}
