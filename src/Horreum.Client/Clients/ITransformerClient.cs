using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>Transformers of schemas.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface ITransformerClient
{
    /// <summary>Lists the transformers of all schemas. <c>GET /api/schema/allTransformers</c></summary>
    Task<IReadOnlyList<TransformerInfo>> GetAllAsync(CancellationToken cancellationToken = default);

    /// <summary>Replaces a transformer, found by its id, and answers the id. <c>PUT /api/schema/{schemaId}/transformers</c></summary>
    Task<int> UpdateAsync(int schemaId, Transformer transformer, CancellationToken cancellationToken = default);

    /// <summary>Lists the transformers of a schema. <c>GET /api/schema/{schemaId}/transformers</c></summary>
    Task<IReadOnlyList<Transformer>> ListAsync(int schemaId, CancellationToken cancellationToken = default);

    /// <summary>Adds a transformer to a schema and answers its id. <c>POST /api/schema/{schemaId}/transformers</c></summary>
    Task<int> AddAsync(int schemaId, Transformer transformer, CancellationToken cancellationToken = default);

    /// <summary>Deletes a transformer of a schema. <c>DELETE /api/schema/{schemaId}/transformers/{transformerId}</c></summary>
    Task DeleteAsync(int schemaId, int transformerId, CancellationToken cancellationToken = default);
}
