using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

/// <summary>Datasets, as Horreum keeps them. Pages count from 1.</summary>
internal sealed class DatasetRepository(IHorreumClient client)
{
    /// <summary>Lists the datasets of a test, one page.</summary>
    public async Task<ListSlice<DatasetEntry>> ListByTestAsync(int testId, ListOrder order, CancellationToken cancellationToken = default)
    {
        DatasetListQuery query = new() { Limit = order.Limit, Page = order.Page, Sort = order.Sort, Direction = order.Direction };
        AnswerFaults faults = AnswerFaults.Begin();
        return ToSlice(await client.Datasets.ListByTestAsync(testId, query, cancellationToken).ConfigureAwait(false), faults);
    }

    /// <summary>Lists the datasets that use a schema, one page; a dataset may occur once per view.</summary>
    public async Task<ListSlice<DatasetEntry>> ListBySchemaAsync(string schemaUri, ListOrder order, CancellationToken cancellationToken = default)
    {
        ListQuery query = new() { Limit = order.Limit, Page = order.Page, Sort = order.Sort, Direction = order.Direction };
        AnswerFaults faults = AnswerFaults.Begin();
        return ToSlice(await client.Datasets.ListBySchemaAsync(schemaUri, query, cancellationToken).ConfigureAwait(false), faults);
    }

    /// <summary>Reads one dataset with its content.</summary>
    public async Task<DatasetContent> GetAsync(int id, CancellationToken cancellationToken = default)
    {
        Dataset dataset = await client.Datasets.GetAsync(id, cancellationToken).ConfigureAwait(false);
        return new DatasetContent
        {
            DatasetId = RunMapper.Text(dataset.Id ?? id),
            RunId = RunMapper.Text(dataset.RunId ?? 0),
            TestId = RunMapper.Text(dataset.TestId),
            Ordinal = dataset.Ordinal,
            Start = RunMapper.Milliseconds(dataset.Start),
            Stop = RunMapper.Milliseconds(dataset.Stop),
            StartTime = RunMapper.Time(dataset.Start),
            StopTime = RunMapper.Time(dataset.Stop),
            Description = dataset.Description,
            Content = dataset.Data,
        };
    }

    /// <summary>Reads one dataset without its content.</summary>
    public async Task<DatasetOverview> GetSummaryAsync(int id, int? viewId, CancellationToken cancellationToken = default)
    {
        DatasetSummary dataset = await client.Datasets.GetSummaryAsync(id, viewId, cancellationToken).ConfigureAwait(false);
        return new DatasetOverview
        {
            Id = dataset.Id,
            DatasetId = RunMapper.Text(dataset.Id),
            RunNumber = dataset.RunId,
            Ordinal = dataset.Ordinal,
            TestNumber = dataset.TestId,
            TestName = dataset.TestName,
            Start = RunMapper.Milliseconds(dataset.Start),
            Stop = RunMapper.Milliseconds(dataset.Stop),
            Description = dataset.Description,
            Access = dataset.Access,
            Owner = dataset.Owner,
            View = dataset.View,
            Schemas = RunMapper.ToUses(dataset.Schemas),
            ValidationErrors = RunMapper.ToElements(dataset.ValidationErrors),
        };
    }

    private static ListSlice<DatasetEntry> ToSlice(DatasetList list, AnswerFaults faults) =>
        Slices.Of(list.Datasets, static dataset => dataset.Id, ToEntry, list.Total, faults);

    private static DatasetEntry ToEntry(DatasetSummary dataset)
    {
        string[] uris = [.. dataset.Schemas.Select(schema => schema.Uri).OfType<string>().Distinct(StringComparer.Ordinal)];
        return new DatasetEntry
        {
            DatasetId = RunMapper.Text(dataset.Id),
            RunId = RunMapper.Text(dataset.RunId),
            TestId = RunMapper.Text(dataset.TestId),
            TestName = dataset.TestName,
            Ordinal = dataset.Ordinal,
            Start = RunMapper.Milliseconds(dataset.Start),
            Stop = RunMapper.Milliseconds(dataset.Stop),
            StartTime = RunMapper.Time(dataset.Start),
            StopTime = RunMapper.Time(dataset.Stop),
            Description = dataset.Description,
            SchemaUri = uris.Length > 0 ? uris[0] : null,
            Schemas = uris,
        };
    }
}
