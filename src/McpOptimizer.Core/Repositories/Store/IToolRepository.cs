using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Tools of one of the two kinds of server.</summary>
internal interface IToolRepository
{
    /// <summary>How many tools each server has; servers without any are left out.</summary>
    Task<IReadOnlyDictionary<string, int>> CountByServerAsync(CancellationToken cancellationToken = default);

    /// <summary>One server's tools, in listing order.</summary>
    Task<IReadOnlyList<StoredTool>> ListByServerAsync(string serverId, CancellationToken cancellationToken = default);

    /// <summary>The tools of many servers, by server and in listing order: few questions, however many there are.</summary>
    Task<ILookup<string, StoredTool>> ListByServersAsync(IReadOnlyCollection<string> serverIds, CancellationToken cancellationToken = default);

    /// <summary>Ids of servers with at least one tool that the model did not embed.</summary>
    Task<IReadOnlyList<string>> ListServersOfOtherModelsAsync(string model, CancellationToken cancellationToken = default);

    Task UpsertAsync(IReadOnlyCollection<StoredTool> tools, CancellationToken cancellationToken = default);

    Task DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default);
}
