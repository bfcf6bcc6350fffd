using System.Text.Json;
using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

/// <summary>Label values, as Horreum keeps them. Pages count from 1.</summary>
internal sealed class LabelValueRepository(IHorreumClient client)
{
    private static readonly JsonElement Null = JsonElement.Parse("null");

    /// <summary>Reads the label values of a run's datasets, one page; no limit when it is zero.</summary>
    public async Task<ListSlice<LabelValueItem>> ListByRunAsync(
        int runId,
        LabelValueRequest request,
        ListOrder order,
        CancellationToken cancellationToken = default)
    {
        LabelValueQuery query = new()
        {
            Filter = request.Filter,
            Include = request.Include,
            Exclude = request.Exclude,
            MultiFilter = request.MultiFilter,
            Sort = order.Sort,
            Direction = order.Direction,
            Limit = Limit(order),
            Page = Page(order),
        };
        AnswerFaults faults = AnswerFaults.Begin();
        return ToSlice(await client.Labels.GetRunValuesAsync(runId, query, cancellationToken).ConfigureAwait(false), faults);
    }

    /// <summary>Reads the label values of a test's datasets with <c>start ≥ from</c> and <c>stop &lt; to</c>, one page; no limit when it is zero.</summary>
    public async Task<ListSlice<LabelValueItem>> ListByTestAsync(
        int testId,
        TestLabelValueRequest request,
        AppliedTimeRange range,
        ListOrder order,
        CancellationToken cancellationToken = default)
    {
        TestLabelValueQuery query = new()
        {
            Filter = request.Filter,
            Include = request.Include,
            Exclude = request.Exclude,
            MultiFilter = request.MultiFilter,
            Filtering = request.Filtering,
            Metrics = request.Metrics,

            // Horreum's bounds are exclusive: one millisecond earlier includes the first instant.
            After = range.From?.AddMilliseconds(-1),
            Before = range.To,
            Sort = order.Sort,
            Direction = order.Direction,
            Limit = Limit(order),
            Page = Page(order),
        };
        AnswerFaults faults = AnswerFaults.Begin();
        return ToSlice(await client.Labels.GetTestValuesAsync(testId, query, cancellationToken).ConfigureAwait(false), faults);
    }

    /// <summary>Reads the label values of one dataset.</summary>
    public async Task<IReadOnlyList<DatasetLabelValue>> ListByDatasetAsync(int datasetId, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<LabelValue> values = await client.Labels.GetDatasetValuesAsync(datasetId, cancellationToken).ConfigureAwait(false);
        return
        [
            .. values.Select(value => new DatasetLabelValue
            {
                Id = value.Id,
                Name = value.Name,
                Schema = value.Schema is { } schema ? new SchemaReference { Id = schema.Id, Uri = schema.Uri, Name = schema.Name } : null,
                Value = value.Value,
            }),
        ];
    }

    private static int? Limit(ListOrder order) => order.Limit == 0 ? null : order.Limit;

    // These lists count their pages from 0.
    private static int? Page(ListOrder order) => order.Limit == 0 ? null : order.Page - 1;

    // An item needs no id of its own: what cannot be read of it is all that is lost.
    private static ListSlice<LabelValueItem> ToSlice(IReadOnlyList<ExportedLabelValues> datasets, AnswerFaults faults) =>
        Slices.Of(datasets, static _ => 1, ToItem, null, faults);

    private static LabelValueItem ToItem(ExportedLabelValues dataset) => new()
    {
        Values = ToValues(dataset.Values),
        RunId = dataset.RunId is { } run ? RunMapper.Text(run) : null,
        DatasetId = dataset.DatasetId is { } id ? RunMapper.Text(id) : null,
        Start = RunMapper.Time(dataset.Start),
        Stop = RunMapper.Time(dataset.Stop),
    };

    private static NamedValue[] ToValues(JsonElement? values) => values switch
    {
        { ValueKind: JsonValueKind.Object } map => [.. map.EnumerateObject().Select(label => new NamedValue { Name = label.Name, Value = label.Value })],

        // Some versions already send name and value.
        { ValueKind: JsonValueKind.Array } list =>
        [
            .. list.EnumerateArray()
                .Where(label => label.ValueKind == JsonValueKind.Object && label.TryGetProperty("name", out _))
                .Select(label => new NamedValue
                {
                    Name = label.GetProperty("name").ToString(),
                    Value = label.TryGetProperty("value", out JsonElement value) ? value : Null,
                }),
        ],
        _ => [],
    };
}
