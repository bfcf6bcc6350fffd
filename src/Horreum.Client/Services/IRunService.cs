using Horreum.Client.Models;

namespace Horreum.Client.Services;

/// <summary>Runs, as the Source MCP Contract shows them. Lists come newest start first and are filtered by start time: <c>from ≤ start &lt; to</c>.</summary>
/// <remarks>
/// Methods throw <see cref="HorreumContractException"/> for bad input and <see cref="HttpRequestException"/> for what goes wrong with Horreum.
/// </remarks>
public interface IRunService
{
    /// <summary>Lists the runs of a test, one page. A page costs one or two calls; finding the edges of a long history costs some more on the first.</summary>
    Task<RunPage> ListAsync(RunListRequest request, CancellationToken cancellationToken = default);

    /// <summary>All runs of a test in an interval; stops reading when the caller does.</summary>
    IAsyncEnumerable<RunEntry> EnumerateAsync(RunListRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists runs over all tests, one page.</summary>
    Task<RunPage> SearchAsync(RunSearchRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the runs that use a schema, one page; over all time unless asked otherwise.</summary>
    Task<RunPage> ListBySchemaAsync(RunsBySchemaRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads one run without its data.</summary>
    Task<RunEntry> GetSummaryAsync(int runId, CancellationToken cancellationToken = default);

    /// <summary>Counts the runs of a test.</summary>
    Task<RunTally> CountAsync(TestReference test, CancellationToken cancellationToken = default);

    /// <summary>Streams one run with its data.</summary>
    Task<JsonPayload> OpenAsync(int runId, CancellationToken cancellationToken = default);

    /// <summary>Streams the data of a run, or the part that uses a schema.</summary>
    Task<JsonPayload> OpenDataAsync(int runId, string? schemaUri = null, CancellationToken cancellationToken = default);

    /// <summary>Streams the metadata of a run; empty when it has none.</summary>
    Task<JsonPayload> OpenMetadataAsync(int runId, string? schemaUri = null, CancellationToken cancellationToken = default);

    /// <summary>Uploads a run. Repeating it creates another run, so it is never repeated here.</summary>
    Task<UploadResult> UploadAsync(RunUploadRequest request, CancellationToken cancellationToken = default);
}
