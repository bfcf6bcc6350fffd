using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class SqlClient(HorreumTransport transport) : ISqlClient
{
    public Task<string> GetRolesAsync(bool? system = null, CancellationToken cancellationToken = default) =>
        transport.ReadTextAsync(HttpMethod.Get, RequestPath.Create($"api/sql/roles").Add("system", system), cancellationToken);

    public Task<JsonpathValidation> ValidateJsonPathAsync(string jsonPath, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/sql/testjsonpath").Add("testjsonpath", jsonPath),
            HorreumJsonContext.Default.JsonpathValidation,
            cancellationToken);

    public Task<QueryResult> QueryDatasetAsync(
        int id,
        string query,
        bool? array = null,
        string? schemaUri = null,
        CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/sql/{id}/querydataset").Add("query", query).Add("array", array).Add("schemaUri", schemaUri),
            HorreumJsonContext.Default.QueryResult,
            cancellationToken);

    public Task<QueryResult> QueryRunAsync(int id, string query, bool? array = null, string? uri = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/sql/{id}/queryrun").Add("query", query).Add("array", array).Add("uri", uri),
            HorreumJsonContext.Default.QueryResult,
            cancellationToken);
}
