using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Clients;

internal sealed class RunClient(HorreumTransport transport) : IRunClient
{
    public Task<IReadOnlyList<string>> AutocompleteAsync(string query, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/run/autocomplete").Add("query", query),
            HorreumJsonContext.Default.IReadOnlyListString,
            cancellationToken);

    public Task<RunsSummary> ListBySchemaAsync(string uri, ListQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/run/bySchema").Add("uri", uri).Add(query),
            HorreumJsonContext.Default.RunsSummary,
            RunListReader.Read,
            cancellationToken);

    public Task<RunCount> CountAsync(int testId, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/run/count").Add("testId", testId), HorreumJsonContext.Default.RunCount, cancellationToken);

    public Task<RunsSummary> ListAllAsync(RunSearchQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get, RequestPath.Create($"api/run/list").Add(query), HorreumJsonContext.Default.RunsSummary, RunListReader.Read, cancellationToken);

    public Task<RunsSummary> ListByTestAsync(int testId, TestRunQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get, RequestPath.Create($"api/run/list/{testId}").Add(query), HorreumJsonContext.Default.RunsSummary, RunListReader.Read, cancellationToken);

    public Task RecalculateAllAsync(DateTimeOffset? since = null, DateTimeOffset? until = null, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/run/recalculateAll").Add("from", since).Add("to", until), cancellationToken);

    public Task<IReadOnlyList<int>> AddAsync(
        Run run,
        string? testNameOrId = null,
        string? owner = null,
        Access? access = null,
        CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/run/test").Add("test", testNameOrId).Add("owner", owner).Add("access", access),
            HttpBody.Json(run, HorreumJsonContext.Default.Run),
            HorreumJsonContext.Default.IReadOnlyListInt32,
            cancellationToken);

    public Task<RunExtended> GetAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/run/{id}"), HorreumJsonContext.Default.RunExtended, cancellationToken);

    public Task UpdateDescriptionAsync(int id, string description, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/run/{id}/description"), HttpBody.Text(description), cancellationToken);

    public Task<IReadOnlyList<int>> RecalculateAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Post, RequestPath.Create($"api/run/{id}/recalculate"), HorreumJsonContext.Default.IReadOnlyListInt32, cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> UpdateSchemaAsync(
        int id,
        string schemaUri,
        string? path = null,
        CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/run/{id}/schema").Add("path", path),
            HttpBody.Text(schemaUri),
            HorreumJsonContext.Default.IReadOnlyDictionaryStringString,
            cancellationToken);

    public Task<RunSummary> GetSummaryAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/run/{id}/summary"), HorreumJsonContext.Default.RunSummary, cancellationToken);

    public Task TrashAsync(int id, bool? trashed = null, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/run/{id}/trash").Add("isTrashed", trashed), cancellationToken);

    public Task UpdateAccessAsync(int id, string owner, Access access, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/run/{id}/updateAccess").Add("owner", owner).Add("access", access), cancellationToken);

    public Task<IReadOnlyList<int>> UploadAsync(RunUpload upload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        RequestPath path = RequestPath.Create($"api/run/data").Add(upload);
        return transport.UploadAsync(path, upload.Data, cancellationToken);
    }

    public Task<JsonPayload> OpenAsync(int id, CancellationToken cancellationToken = default) =>
        transport.OpenAsync(RequestPath.Create($"api/run/{id}"), cancellationToken);

    public Task<JsonPayload> OpenDataAsync(int id, string? schemaUri = null, CancellationToken cancellationToken = default) =>
        transport.OpenAsync(RequestPath.Create($"api/run/{id}/data").Add("schemaUri", schemaUri), cancellationToken);

    public Task<JsonPayload> OpenMetadataAsync(int id, string? schemaUri = null, CancellationToken cancellationToken = default) =>
        transport.OpenAsync(RequestPath.Create($"api/run/{id}/metadata").Add("schemaUri", schemaUri), cancellationToken);
}
