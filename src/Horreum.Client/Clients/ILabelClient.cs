using System.Text.Json;
using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>Labels of schemas and their values in runs, tests and datasets.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface ILabelClient
{
    /// <summary>Reads the label values of one dataset. <c>GET /api/dataset/{datasetId}/labelValues</c></summary>
    Task<IReadOnlyList<LabelValue>> GetDatasetValuesAsync(int datasetId, CancellationToken cancellationToken = default);

    /// <summary>Computes a label for one dataset without storing it. <c>POST /api/dataset/{datasetId}/previewLabel</c></summary>
    Task<LabelPreview> PreviewAsync(int datasetId, SchemaLabel label, CancellationToken cancellationToken = default);

    /// <summary>Reads the label values of a run's datasets. Pages count from zero here. <c>GET /api/run/{id}/labelValues</c></summary>
    Task<IReadOnlyList<ExportedLabelValues>> GetRunValuesAsync(int id, LabelValueQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the labels of all schemas, optionally of one name. <c>GET /api/schema/allLabels</c></summary>
    Task<IReadOnlyList<LabelInfo>> GetAllAsync(string? name = null, CancellationToken cancellationToken = default);

    /// <summary>Lists where a label is used: variables, views, reports, rules, fingerprints. <c>GET /api/schema/findUsages</c></summary>
    Task<IReadOnlyList<LabelLocation>> FindUsagesAsync(string label, CancellationToken cancellationToken = default);

    /// <summary>Replaces labels of a schema, found by their ids, and answers the ids. <c>PUT /api/schema/{schemaId}/labels</c></summary>
    Task<IReadOnlyList<int>> UpdateAsync(int schemaId, IReadOnlyList<SchemaLabel> labels, CancellationToken cancellationToken = default);

    /// <summary>Lists the labels of a schema. <c>GET /api/schema/{schemaId}/labels</c></summary>
    Task<IReadOnlyList<SchemaLabel>> ListAsync(int schemaId, CancellationToken cancellationToken = default);

    /// <summary>Adds labels to a schema and answers their ids. <c>POST /api/schema/{schemaId}/labels</c></summary>
    Task<IReadOnlyList<int>> AddAsync(int schemaId, IReadOnlyList<SchemaLabel> labels, CancellationToken cancellationToken = default);

    /// <summary>Deletes a label of a schema. <c>DELETE /api/schema/{schemaId}/labels/{labelId}</c></summary>
    Task DeleteAsync(int schemaId, int labelId, CancellationToken cancellationToken = default);

    /// <summary>Lists the combinations of filtering labels' values in a test. <c>GET /api/test/{id}/filteringLabelValues</c></summary>
    Task<IReadOnlyList<JsonElement>> GetFilteringValuesAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the label values of a test's datasets. Pages count from zero here, and both time bounds are exclusive.
    /// <c>GET /api/test/{id}/labelValues</c>
    /// </summary>
    Task<IReadOnlyList<ExportedLabelValues>> GetTestValuesAsync(int id, TestLabelValueQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Streams the label values of a test's datasets, one item at a time. <c>GET /api/test/{id}/labelValues</c></summary>
    IAsyncEnumerable<ExportedLabelValues> StreamTestValuesAsync(int id, TestLabelValueQuery? query = null, CancellationToken cancellationToken = default);
}
