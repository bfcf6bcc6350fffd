using System.Text.Json;
using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class LabelClient(HorreumTransport transport) : ILabelClient
{
    public Task<IReadOnlyList<LabelValue>> GetDatasetValuesAsync(int datasetId, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/dataset/{datasetId}/labelValues"),
            HorreumJsonContext.Default.IReadOnlyListLabelValue,
            cancellationToken);

    public Task<LabelPreview> PreviewAsync(int datasetId, SchemaLabel label, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/dataset/{datasetId}/previewLabel"),
            HttpBody.Json(label, HorreumJsonContext.Default.SchemaLabel),
            HorreumJsonContext.Default.LabelPreview,
            cancellationToken);

    public Task<IReadOnlyList<ExportedLabelValues>> GetRunValuesAsync(int id, LabelValueQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/run/{id}/labelValues").Add(query),
            HorreumJsonContext.Default.IReadOnlyListExportedLabelValues,
            cancellationToken);

    public Task<IReadOnlyList<LabelInfo>> GetAllAsync(string? name = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/schema/allLabels").Add("name", name),
            HorreumJsonContext.Default.IReadOnlyListLabelInfo,
            cancellationToken);

    public Task<IReadOnlyList<LabelLocation>> FindUsagesAsync(string label, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/schema/findUsages").Add("label", label),
            HorreumJsonContext.Default.IReadOnlyListLabelLocation,
            cancellationToken);

    public Task<IReadOnlyList<int>> UpdateAsync(int schemaId, IReadOnlyList<SchemaLabel> labels, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Put,
            RequestPath.Create($"api/schema/{schemaId}/labels"),
            HttpBody.Json(labels, HorreumJsonContext.Default.IReadOnlyListSchemaLabel),
            HorreumJsonContext.Default.IReadOnlyListInt32,
            cancellationToken);

    public Task<IReadOnlyList<SchemaLabel>> ListAsync(int schemaId, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/schema/{schemaId}/labels"),
            HorreumJsonContext.Default.IReadOnlyListSchemaLabel,
            cancellationToken);

    public Task<IReadOnlyList<int>> AddAsync(int schemaId, IReadOnlyList<SchemaLabel> labels, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/schema/{schemaId}/labels"),
            HttpBody.Json(labels, HorreumJsonContext.Default.IReadOnlyListSchemaLabel),
            HorreumJsonContext.Default.IReadOnlyListInt32,
            cancellationToken);

    public Task DeleteAsync(int schemaId, int labelId, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/schema/{schemaId}/labels/{labelId}"), cancellationToken);

    public Task<IReadOnlyList<JsonElement>> GetFilteringValuesAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/test/{id}/filteringLabelValues"),
            HorreumJsonContext.Default.IReadOnlyListJsonElement,
            cancellationToken);

    public Task<IReadOnlyList<ExportedLabelValues>> GetTestValuesAsync(
        int id,
        TestLabelValueQuery? query = null,
        CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/test/{id}/labelValues").Add(query),
            HorreumJsonContext.Default.IReadOnlyListExportedLabelValues,
            cancellationToken);

    public IAsyncEnumerable<ExportedLabelValues> StreamTestValuesAsync(
        int id,
        TestLabelValueQuery? query = null,
        CancellationToken cancellationToken = default) =>
        transport.StreamAsync(RequestPath.Create($"api/test/{id}/labelValues").Add(query), HorreumJsonContext.Default.ExportedLabelValues, cancellationToken);
}
