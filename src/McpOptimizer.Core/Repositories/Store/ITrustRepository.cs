using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>What was approved, and the log of it.</summary>
internal interface ITrustRepository
{
    /// <summary>The entries of all servers, or of one, by server and tool; instructions first.</summary>
    Task<IReadOnlyList<TrustEntry>> ListAsync(string? serverName = null, CancellationToken cancellationToken = default);

    Task UpsertAsync(IReadOnlyCollection<TrustEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Marks everything of a server as not listed, and keeps the approved definitions that its stored tools still hold. Call it before these are deleted.</summary>
    /// <returns>How many entries were listed until now.</returns>
    Task<int> MarkGoneAsync(string serverName, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Forgets all but the newest entries of a server that are not listed any more.</summary>
    Task TrimGoneAsync(string serverName, int keep, CancellationToken cancellationToken = default);

    /// <summary>Adds lines to the log; their ids are given here.</summary>
    Task AppendAsync(IReadOnlyCollection<TrustRecord> records, CancellationToken cancellationToken = default);

    /// <summary>The newest lines, newest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="before">Only lines with a smaller id; null for the newest.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<IReadOnlyList<TrustRecord>> ReadLogAsync(int limit, long? before = null, CancellationToken cancellationToken = default);

    /// <summary>The id of the newest line; 0 when there is none.</summary>
    Task<long> LastIdAsync(CancellationToken cancellationToken = default);

    /// <summary>Servers of which other writers logged something after a line.</summary>
    Task<IReadOnlyList<string>> ListServersOfOthersAsync(long after, string writer, CancellationToken cancellationToken = default);
}
