using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>Time series and changes for dashboards.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface IChangesClient
{
    /// <summary>Succeeds while the data source for dashboards answers. <c>GET /api/changes</c></summary>
    Task CheckAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the changes in a time range in the form of dashboard annotations. <c>POST /api/changes/annotations</c></summary>
    Task<IReadOnlyList<AnnotationDefinition>> GetAnnotationsAsync(AnnotationsQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads the time series of the targets in a range. <c>POST /api/changes/query</c></summary>
    Task<IReadOnlyList<ChangesSeries>> QueryAsync(ChangesQuery query, CancellationToken cancellationToken = default);

    /// <summary>Lists the targets that a dashboard can plot. <c>POST /api/changes/search</c></summary>
    Task<IReadOnlyList<string>> SearchAsync(ChangesTarget target, CancellationToken cancellationToken = default);
}
