using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Clients;

internal sealed class SchemaClient(HorreumTransport transport) : ISchemaClient
{
    public Task<int> UpdateAsync(Schema schema, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Put,
            RequestPath.Create($"api/schema"),
            HttpBody.Json(schema, HorreumJsonContext.Default.Schema),
            HorreumJsonContext.Default.Int32,
            cancellationToken);

    public Task<SchemaQueryResult> ListAsync(SchemaListQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/schema").Add(query), HorreumJsonContext.Default.SchemaQueryResult, cancellationToken);

    public Task<int> AddAsync(Schema schema, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/schema"),
            HttpBody.Json(schema, HorreumJsonContext.Default.Schema),
            HorreumJsonContext.Default.Int32,
            cancellationToken);

    public Task<IReadOnlyList<SchemaDescriptor>> GetDescriptorsAsync(IReadOnlyList<int>? id = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/schema/descriptors").Add("id", id),
            HorreumJsonContext.Default.IReadOnlyListSchemaDescriptor,
            cancellationToken);

    public Task<int> GetIdByUriAsync(string uri, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/schema/idByUri/{uri}"), HorreumJsonContext.Default.Int32, cancellationToken);

    public Task<int> UpdateFromExportAsync(SchemaExport exported, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Put,
            RequestPath.Create($"api/schema/import"),
            HttpBody.Json(exported, HorreumJsonContext.Default.SchemaExport),
            HorreumJsonContext.Default.Int32,
            cancellationToken);

    public Task<int> ImportAsync(SchemaExport exported, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/schema/import"),
            HttpBody.Json(exported, HorreumJsonContext.Default.SchemaExport),
            HorreumJsonContext.Default.Int32,
            cancellationToken);

    public Task<Schema> GetAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/schema/{id}"), HorreumJsonContext.Default.Schema, cancellationToken);

    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/schema/{id}"), cancellationToken);

    public Task<SchemaExport> ExportAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/schema/{id}/export"), HorreumJsonContext.Default.SchemaExport, cancellationToken);

    public Task UpdateAccessAsync(int id, string owner, Access access, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/schema/{id}/updateAccess").Add("owner", owner).Add("access", access), cancellationToken);
}
