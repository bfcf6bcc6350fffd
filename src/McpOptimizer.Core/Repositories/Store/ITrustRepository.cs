using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>What was approved, and the log of it.</summary>
internal interface ITrustRepository
{
    /// <summary>The entries of all servers, or of one, by server, kind and name.</summary>
    Task<IReadOnlyList<TrustEntry>> ListAsync(string? serverName = null, CancellationToken cancellationToken = default);

    /// <summary>The entries of many servers, by server: few questions, however many there are.</summary>
    Task<ILookup<string, TrustEntry>> ListByServersAsync(IReadOnlyCollection<string> serverNames, CancellationToken cancellationToken = default);

    Task UpsertAsync(IReadOnlyCollection<TrustEntry> entries, CancellationToken cancellationToken = default);

    Task DeleteAsync(IReadOnlyCollection<TrustEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Marks everything of a server as not listed, and keeps the approved definitions that its stored tools still hold. Call it before these are deleted.</summary>
    /// <returns>How many entries were listed until now.</returns>
    Task<int> MarkGoneAsync(string serverName, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds lines to the log; their ids are given here. Decisions all stay. Of observations at most <paramref name="mostPerHour"/> stand for one server and
    /// hour, and one line more for all that is beyond.
    /// </summary>
    Task AppendAsync(IReadOnlyCollection<TrustRecord> records, int mostPerHour, CancellationToken cancellationToken = default);

    /// <summary>Deletes observations from before a time, but never the newest.</summary>
    Task ExpireAsync(DateTimeOffset before, CancellationToken cancellationToken = default);

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
