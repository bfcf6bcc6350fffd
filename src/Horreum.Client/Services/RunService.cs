using System.Globalization;
using System.Runtime.CompilerServices;
using Horreum.Client.Models;
using Horreum.Client.Repositories;
using Horreum.Client.Services.Paging;
using Horreum.Client.Services.Time;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Services;

internal sealed class RunService(
    RunRepository runs,
    TestDirectory tests,
    TimedLists lists,
    TimeRangeResolver times,
    IOptions<HorreumContractOptions> options) : IRunService
{
    private static readonly string[] AccessWords = ["PUBLIC", "PROTECTED", "PRIVATE"];

    private static readonly Dictionary<string, Func<RunEntry, IComparable?>> SortKeys = new()
    {
        ["start"] = run => run.Start,
        ["stop"] = run => run.Stop,
        ["id"] = run => run.Id,
        ["testid"] = run => run.TestId,
        ["testname"] = run => run.TestName,
        ["owner"] = run => run.Owner,
        ["access"] = run => run.Access.Value,
        ["description"] = run => run.Description,
    };

    public async Task<RunPage> ListAsync(RunListRequest request, CancellationToken cancellationToken = default) =>
        ToPage(await lists.ReadAsync(await ToSpecAsync(request, cancellationToken).ConfigureAwait(false), request, cancellationToken).ConfigureAwait(false));

    public async IAsyncEnumerable<RunEntry> EnumerateAsync(
        RunListRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        TimedListSpec<RunEntry> spec = await ToSpecAsync(request, cancellationToken).ConfigureAwait(false);
        await foreach (RunEntry run in lists.ReadAllAsync(spec, request, cancellationToken).ConfigureAwait(false))
        {
            yield return run;
        }
    }

    public async Task<RunPage> SearchAsync(RunSearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        TimedListSpec<RunEntry> spec = Spec(
            PageTokens.Hash("all-runs", request.Query, request.Roles, request.Trashed ? "trashed" : null),
            (order, token) => runs.ListAllAsync(request, order, token));
        return ToPage(await lists.ReadAsync(spec, request, cancellationToken).ConfigureAwait(false));
    }

    public async Task<RunPage> ListBySchemaAsync(RunsBySchemaRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        TimedListSpec<RunEntry> spec = Spec(
            PageTokens.Hash("runs-by-schema", request.SchemaUri),
            (order, token) => runs.ListBySchemaAsync(request.SchemaUri, order, token));
        return ToPage(await lists.ReadAsync(spec with { UseDefaultRange = false }, request, cancellationToken).ConfigureAwait(false));
    }

    public Task<RunEntry> GetSummaryAsync(int runId, CancellationToken cancellationToken = default) => runs.GetSummaryAsync(runId, cancellationToken);

    public async Task<RunTally> CountAsync(TestReference test, CancellationToken cancellationToken = default) =>
        await runs.CountAsync(await tests.ResolveAsync(test, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    public Task<JsonPayload> OpenAsync(int runId, CancellationToken cancellationToken = default) => runs.OpenAsync(runId, cancellationToken);

    public Task<JsonPayload> OpenDataAsync(int runId, string? schemaUri = null, CancellationToken cancellationToken = default) =>
        runs.OpenDataAsync(runId, schemaUri, cancellationToken);

    public Task<JsonPayload> OpenMetadataAsync(int runId, string? schemaUri = null, CancellationToken cancellationToken = default) =>
        runs.OpenMetadataAsync(runId, schemaUri, cancellationToken);

    public async Task<UploadResult> UploadAsync(RunUploadRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!options.Value.EnableWrites)
        {
            throw new HorreumContractException(new ContractError(ErrorCode.InvalidRequest, "Uploads are switched off on this server (EnableWrites)."));
        }

        string? access = request.Access?.ToUpperInvariant();
        if (access is not null && !AccessWords.Contains(access))
        {
            throw HorreumContractException.Invalid("access", request.Access, "one of " + string.Join(", ", AccessWords), NearestName.Find(access, AccessWords));
        }

        RunUploadRequest checkedRequest = request with { Start = Moment("start", request.Start), Stop = Moment("stop", request.Stop), Access = access };
        if (request.DryRun)
        {
            return new UploadResult { DryRun = true };
        }

        IReadOnlyList<int> ids = await runs.UploadAsync(checkedRequest, cancellationToken).ConfigureAwait(false);
        return new UploadResult { RunIds = ids, Queued = ids.Count == 0 };
    }

    // A JSONPath into the data is Horreum's to evaluate; everything else must be a time.
    private string Moment(string parameter, string text) => text.StartsWith("$.", StringComparison.Ordinal) ? text : times.ParseMoment(parameter, text);

    private async Task<TimedListSpec<RunEntry>> ToSpecAsync(RunListRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        int testId = await tests.ResolveAsync(request.Test, cancellationToken).ConfigureAwait(false);
        return Spec(
            PageTokens.Hash("runs", testId.ToString(CultureInfo.InvariantCulture), request.Trashed ? "trashed" : null),
            (order, token) => runs.ListByTestAsync(testId, request.Trashed, order, token));
    }

    private static TimedListSpec<RunEntry> Spec(string query, Func<ListOrder, CancellationToken, Task<ListSlice<RunEntry>>> read) => new()
    {
        Query = query,
        Read = read,
        Start = static run => run.Start,
        Id = static run => run.Id,
        SortKeys = SortKeys,
    };

    private static RunPage ToPage(TimedPage<RunEntry> page) => new()
    {
        Runs = page.Items,
        Pagination = page.Pagination,
        Total = page.Pagination.TotalCount,
        TimeRange = page.ShownRange,
        Warnings = page.ShownWarnings,
    };
}
