using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class TransformerClient(HorreumTransport transport) : ITransformerClient
{
    public Task<IReadOnlyList<TransformerInfo>> GetAllAsync(CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/schema/allTransformers"),
            HorreumJsonContext.Default.IReadOnlyListTransformerInfo,
            cancellationToken);

    public Task<int> UpdateAsync(int schemaId, Transformer transformer, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Put,
            RequestPath.Create($"api/schema/{schemaId}/transformers"),
            HttpBody.Json(transformer, HorreumJsonContext.Default.Transformer),
            HorreumJsonContext.Default.Int32,
            cancellationToken);

    public Task<IReadOnlyList<Transformer>> ListAsync(int schemaId, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/schema/{schemaId}/transformers"),
            HorreumJsonContext.Default.IReadOnlyListTransformer,
            cancellationToken);

    public Task<int> AddAsync(int schemaId, Transformer transformer, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/schema/{schemaId}/transformers"),
            HttpBody.Json(transformer, HorreumJsonContext.Default.Transformer),
            HorreumJsonContext.Default.Int32,
            cancellationToken);

    public Task DeleteAsync(int schemaId, int transformerId, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/schema/{schemaId}/transformers/{transformerId}"), cancellationToken);
}
