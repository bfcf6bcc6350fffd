using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>JSONPath queries evaluated on the server.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface ISqlClient
{
    /// <summary>Reads the database roles of the caller, or of the system user. <c>GET /api/sql/roles</c></summary>
    Task<string> GetRolesAsync(bool? system = null, CancellationToken cancellationToken = default);

    /// <summary>Checks a JSONPath expression. <c>GET /api/sql/testjsonpath</c></summary>
    Task<JsonpathValidation> ValidateJsonPathAsync(string jsonPath, CancellationToken cancellationToken = default);

    /// <summary>Evaluates a JSONPath expression on a dataset, on the server. <c>GET /api/sql/{id}/querydataset</c></summary>
    Task<QueryResult> QueryDatasetAsync(int id, string query, bool? array = null, string? schemaUri = null, CancellationToken cancellationToken = default);

    /// <summary>Evaluates a JSONPath expression on a run's data, on the server. <c>GET /api/sql/{id}/queryrun</c></summary>
    Task<QueryResult> QueryRunAsync(int id, string query, bool? array = null, string? uri = null, CancellationToken cancellationToken = default);
}
