using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Clients;

/// <summary>Runs.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface IRunClient
{
    /// <summary>Suggests how a JSONPath query for runs could continue. <c>GET /api/run/autocomplete</c></summary>
    Task<IReadOnlyList<string>> AutocompleteAsync(string query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the runs that use a schema, one page, without trashed runs. <see cref="Wire.RunsSummary.Total"/> counts schemas here, not runs.
    /// <c>GET /api/run/bySchema</c>
    /// </summary>
    Task<RunsSummary> ListBySchemaAsync(string uri, ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Counts the runs of a test; all zero for an unknown test. <c>GET /api/run/count</c></summary>
    Task<RunCount> CountAsync(int testId, CancellationToken cancellationToken = default);

    /// <summary>Lists runs over all tests, one page. <see cref="Wire.RunsSummary.Total"/> ignores the query. <c>GET /api/run/list</c></summary>
    Task<RunsSummary> ListAllAsync(RunSearchQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the runs of one test, newest start first unless sorted otherwise, one page. <c>GET /api/run/list/{testId}</c></summary>
    Task<RunsSummary> ListByTestAsync(int testId, TestRunQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Starts transforming all runs again that started in a time range. <c>POST /api/run/recalculateAll</c></summary>
    Task RecalculateAllAsync(DateTimeOffset? since = null, DateTimeOffset? until = null, CancellationToken cancellationToken = default);

    /// <summary>Uploads a run with its description and answers the ids of what was created. <c>POST /api/run/test</c></summary>
    Task<IReadOnlyList<int>> AddAsync(
        Run run,
        string? testNameOrId = null,
        string? owner = null,
        Access? access = null,
        CancellationToken cancellationToken = default);

    /// <summary>Reads one run with its data, which may be many megabytes; <see cref="OpenAsync"/> streams it. <c>GET /api/run/{id}</c></summary>
    Task<RunExtended> GetAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Replaces the description of a run. <c>POST /api/run/{id}/description</c></summary>
    Task UpdateDescriptionAsync(int id, string description, CancellationToken cancellationToken = default);

    /// <summary>Transforms a run again and answers the ids of its datasets. <c>POST /api/run/{id}/recalculate</c></summary>
    Task<IReadOnlyList<int>> RecalculateAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets the schema of a run's data, or of the part under <paramref name="path"/>, and answers the schemas now used, by id.
    /// <c>POST /api/run/{id}/schema</c>
    /// </summary>
    Task<IReadOnlyDictionary<string, string>> UpdateSchemaAsync(int id, string schemaUri, string? path = null, CancellationToken cancellationToken = default);

    /// <summary>Reads one run without its data. <c>GET /api/run/{id}/summary</c></summary>
    Task<RunSummary> GetSummaryAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Moves a run to the trash, or back with <c>false</c>. <c>POST /api/run/{id}/trash</c></summary>
    Task TrashAsync(int id, bool? trashed = null, CancellationToken cancellationToken = default);

    /// <summary>Changes the owner and the visibility of a run. <c>POST /api/run/{id}/updateAccess</c></summary>
    Task UpdateAccessAsync(int id, string owner, Access access, CancellationToken cancellationToken = default);

    /// <summary>Uploads the data of a run and answers the ids of what was created; empty when the server queues it. <c>POST /api/run/data</c></summary>
    /// <remarks>Repeating an upload creates a second run: the client never repeats it.</remarks>
    Task<IReadOnlyList<int>> UploadAsync(RunUpload upload, CancellationToken cancellationToken = default);

    /// <summary>Streams one run with its data as the server sends it. <c>GET /api/run/{id}</c></summary>
    Task<JsonPayload> OpenAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Streams the data of a run, or the part that uses a schema. <c>GET /api/run/{id}/data</c></summary>
    Task<JsonPayload> OpenDataAsync(int id, string? schemaUri = null, CancellationToken cancellationToken = default);

    /// <summary>Streams the metadata of a run; <see cref="JsonPayload.IsEmpty"/> when it has none. <c>GET /api/run/{id}/metadata</c></summary>
    Task<JsonPayload> OpenMetadataAsync(int id, string? schemaUri = null, CancellationToken cancellationToken = default);
}
