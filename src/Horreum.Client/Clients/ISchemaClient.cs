using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Clients;

/// <summary>Schemas.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface ISchemaClient
{
    /// <summary>Replaces a schema, found by its id, and answers the id. <c>PUT /api/schema</c></summary>
    Task<int> UpdateAsync(Schema schema, CancellationToken cancellationToken = default);

    /// <summary>Lists schemas, one page. Pages count from zero here, and the count ignores the name. <c>GET /api/schema</c></summary>
    Task<SchemaQueryResult> ListAsync(SchemaListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Adds a schema and answers its id. <c>POST /api/schema</c></summary>
    Task<int> AddAsync(Schema schema, CancellationToken cancellationToken = default);

    /// <summary>Lists id, name and URI of schemas; of all when no id is given. <c>GET /api/schema/descriptors</c></summary>
    Task<IReadOnlyList<SchemaDescriptor>> GetDescriptorsAsync(IReadOnlyList<int>? id = null, CancellationToken cancellationToken = default);

    /// <summary>Finds the id of the schema with a URI. <c>GET /api/schema/idByUri/{uri}</c></summary>
    Task<int> GetIdByUriAsync(string uri, CancellationToken cancellationToken = default);

    /// <summary>Replaces a schema with its labels and transformers from an export, and answers the id. <c>PUT /api/schema/import</c></summary>
    Task<int> UpdateFromExportAsync(SchemaExport exported, CancellationToken cancellationToken = default);

    /// <summary>Adds a schema with its labels and transformers from an export, and answers the id. <c>POST /api/schema/import</c></summary>
    Task<int> ImportAsync(SchemaExport exported, CancellationToken cancellationToken = default);

    /// <summary>Reads one schema. <c>GET /api/schema/{id}</c></summary>
    Task<Schema> GetAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Deletes a schema with its labels and transformers. <c>DELETE /api/schema/{id}</c></summary>
    Task DeleteAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Reads a schema with its labels and transformers. <c>GET /api/schema/{id}/export</c></summary>
    Task<SchemaExport> ExportAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Changes the owner and the visibility of a schema. <c>POST /api/schema/{id}/updateAccess</c></summary>
    Task UpdateAccessAsync(int id, string owner, Access access, CancellationToken cancellationToken = default);
}
