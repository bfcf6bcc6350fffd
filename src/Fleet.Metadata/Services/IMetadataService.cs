using Fleet.Metadata.Models;

namespace Fleet.Metadata.Services;

/// <summary>Answers what the workspace is doing, as it is at the time of the question.</summary>
public interface IMetadataService
{
    /// <summary>Everything that can be found out by the deadline. Never fails because a source does.</summary>
    /// <param name="cancellationToken">Ends the wait of this caller; others who share the collection are not affected.</param>
    Task<MetadataResponse> GetAllAsync(CancellationToken cancellationToken = default);

    /// <summary>One entry.</summary>
    /// <param name="key">Its exact name.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    /// <returns>Null when there is no such entry at present.</returns>
    Task<MetadataEntry?> GetAsync(string key, CancellationToken cancellationToken = default);
}
