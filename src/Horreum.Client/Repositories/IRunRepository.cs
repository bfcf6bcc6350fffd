using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

/// <summary>Runs, as Horreum keeps them. Pages count from 1.</summary>
internal interface IRunRepository
{
    /// <summary>Lists the runs of a test, one page; the total is exact.</summary>
    Task<ListSlice<RunEntry>> ListByTestAsync(int testId, bool trashed, ListOrder order, CancellationToken cancellationToken = default);

    /// <summary>Lists runs over all tests, one page; the total is null when there is a query, because Horreum's ignores it.</summary>
    Task<ListSlice<RunEntry>> ListAllAsync(RunSearchRequest search, ListOrder order, CancellationToken cancellationToken = default);

    /// <summary>Lists the runs that use a schema, one page; the total is null, because Horreum counts schemas.</summary>
    Task<ListSlice<RunEntry>> ListBySchemaAsync(string schemaUri, ListOrder order, CancellationToken cancellationToken = default);

    /// <summary>Reads one run without its data.</summary>
    Task<RunEntry> GetSummaryAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Counts the runs of a test.</summary>
    Task<RunTally> CountAsync(int testId, CancellationToken cancellationToken = default);

    /// <summary>Streams one run with its data.</summary>
    Task<JsonPayload> OpenAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Streams the data of a run, or the part that uses a schema.</summary>
    Task<JsonPayload> OpenDataAsync(int id, string? schemaUri, CancellationToken cancellationToken = default);

    /// <summary>Streams the metadata of a run; empty when it has none.</summary>
    Task<JsonPayload> OpenMetadataAsync(int id, string? schemaUri, CancellationToken cancellationToken = default);

    /// <summary>Uploads a run and answers the ids of what was created.</summary>
    Task<IReadOnlyList<int>> UploadAsync(RunUploadRequest upload, CancellationToken cancellationToken = default);
}
