using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

/// <summary>Runs, as Horreum keeps them. Pages count from 1.</summary>
internal sealed class RunRepository(IHorreumClient client)
{
    /// <summary>Lists the runs of a test, one page; the total is exact.</summary>
    public async Task<ListSlice<RunEntry>> ListByTestAsync(int testId, bool trashed, ListOrder order, CancellationToken cancellationToken = default)
    {
        TestRunQuery query = new() { Trashed = trashed, Limit = order.Limit, Page = order.Page, Sort = order.Sort, Direction = order.Direction };
        AnswerFaults faults = AnswerFaults.Begin();
        RunsSummary page = await client.Runs.ListByTestAsync(testId, query, cancellationToken).ConfigureAwait(false);
        return ToSlice(page, page.Total, faults);
    }

    /// <summary>Lists runs over all tests, one page; the total is null when there is a query, because Horreum's ignores it.</summary>
    public async Task<ListSlice<RunEntry>> ListAllAsync(RunSearchRequest search, ListOrder order, CancellationToken cancellationToken = default)
    {
        RunSearchQuery query = new()
        {
            Query = search.Query,
            Roles = search.Roles,
            Trashed = search.Trashed,
            Limit = order.Limit,
            Page = order.Page,
            Sort = order.Sort,
            Direction = order.Direction,
        };
        AnswerFaults faults = AnswerFaults.Begin();
        RunsSummary page = await client.Runs.ListAllAsync(query, cancellationToken).ConfigureAwait(false);
        return ToSlice(page, string.IsNullOrEmpty(search.Query) ? page.Total : null, faults);
    }

    /// <summary>Lists the runs that use a schema, one page; the total is null, because Horreum counts schemas.</summary>
    public async Task<ListSlice<RunEntry>> ListBySchemaAsync(string schemaUri, ListOrder order, CancellationToken cancellationToken = default)
    {
        ListQuery query = new() { Limit = order.Limit, Page = order.Page, Sort = order.Sort, Direction = order.Direction };
        AnswerFaults faults = AnswerFaults.Begin();
        RunsSummary page = await client.Runs.ListBySchemaAsync(schemaUri, query, cancellationToken).ConfigureAwait(false);
        return ToSlice(page, null, faults);
    }

    /// <summary>Reads one run without its data.</summary>
    public async Task<RunEntry> GetSummaryAsync(int id, CancellationToken cancellationToken = default) =>
        RunMapper.ToEntry(await client.Runs.GetSummaryAsync(id, cancellationToken).ConfigureAwait(false));

    /// <summary>Counts the runs of a test.</summary>
    public async Task<RunTally> CountAsync(int testId, CancellationToken cancellationToken = default)
    {
        RunCount count = await client.Runs.CountAsync(testId, cancellationToken).ConfigureAwait(false);
        return new RunTally { Total = count.Total, Active = count.Active, Trashed = count.Trashed };
    }

    /// <summary>Streams one run with its data.</summary>
    public Task<JsonPayload> OpenAsync(int id, CancellationToken cancellationToken = default) => client.Runs.OpenAsync(id, cancellationToken);

    /// <summary>Streams the data of a run, or the part that uses a schema.</summary>
    public Task<JsonPayload> OpenDataAsync(int id, string? schemaUri, CancellationToken cancellationToken = default) =>
        client.Runs.OpenDataAsync(id, schemaUri, cancellationToken);

    /// <summary>Streams the metadata of a run; empty when it has none.</summary>
    public Task<JsonPayload> OpenMetadataAsync(int id, string? schemaUri, CancellationToken cancellationToken = default) =>
        client.Runs.OpenMetadataAsync(id, schemaUri, cancellationToken);

    /// <summary>Uploads a run and answers the ids of what was created.</summary>
    public Task<IReadOnlyList<int>> UploadAsync(RunUploadRequest upload, CancellationToken cancellationToken = default)
    {
        RunUpload query = new()
        {
            Test = upload.Test,
            Start = upload.Start,
            Stop = upload.Stop,
            Data = upload.Data,
            Owner = upload.Owner,
            Access = upload.Access is null ? null : new Access(upload.Access),
            Schema = upload.Schema,
            Description = upload.Description,
        };
        return client.Runs.UploadAsync(query, cancellationToken);
    }

    private static ListSlice<RunEntry> ToSlice(RunsSummary page, long? total, AnswerFaults faults) =>
        Slices.Of(page.Runs, static run => run.Id, RunMapper.ToEntry, total, faults);
}
