using Horreum.Client.Models;

namespace Horreum.Client.Services;

/// <summary>Schemas, as the Source MCP Contract shows them.</summary>
/// <remarks>
/// Methods throw <see cref="HorreumContractException"/> for bad input and <see cref="HttpRequestException"/> for what goes wrong with Horreum.
/// </remarks>
public interface ISchemaService
{
    /// <summary>Lists schemas by name, one page; one call to Horreum.</summary>
    Task<SchemaPage> ListAsync(SchemaListRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads one schema.</summary>
    Task<SchemaEntry> GetAsync(int schemaId, CancellationToken cancellationToken = default);

    /// <summary>
    /// The schema with exactly this name or URI, alone on its page; when there is none, those whose name or URI contains the text.
    /// </summary>
    /// <exception cref="HorreumContractException">No name or URI contains it; the error suggests a near one.</exception>
    Task<SchemaPage> FindAsync(string name, CancellationToken cancellationToken = default);
}
