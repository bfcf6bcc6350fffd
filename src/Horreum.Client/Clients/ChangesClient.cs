using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class ChangesClient(HorreumTransport transport) : IChangesClient
{
    public Task CheckAsync(CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Get, RequestPath.Create($"api/changes"), cancellationToken);

    public Task<IReadOnlyList<AnnotationDefinition>> GetAnnotationsAsync(AnnotationsQuery query, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/changes/annotations"),
            HttpBody.Json(query, HorreumJsonContext.Default.AnnotationsQuery),
            HorreumJsonContext.Default.IReadOnlyListAnnotationDefinition,
            cancellationToken);

    public Task<IReadOnlyList<ChangesSeries>> QueryAsync(ChangesQuery query, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/changes/query"),
            HttpBody.Json(query, HorreumJsonContext.Default.ChangesQuery),
            HorreumJsonContext.Default.IReadOnlyListChangesSeries,
            cancellationToken);

    public Task<IReadOnlyList<string>> SearchAsync(ChangesTarget target, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/changes/search"),
            HttpBody.Json(target, HorreumJsonContext.Default.ChangesTarget),
            HorreumJsonContext.Default.IReadOnlyListString,
            cancellationToken);
}
