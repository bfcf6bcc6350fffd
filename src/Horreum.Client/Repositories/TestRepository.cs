using System.Net;
using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

/// <summary>Tests, as Horreum keeps them. Pages count from 1.</summary>
internal sealed class TestRepository(IHorreumClient client)
{
    private const string AllFolders = "*";
    private const int MostPages = 20;

    /// <summary>Lists tests by name, one page, in one call; the total is null when a name is asked for, because Horreum's ignores it.</summary>
    public async Task<ListSlice<TestEntry>> ListAsync(TestListRequest request, ListOrder order, CancellationToken cancellationToken = default)
    {
        TestSummaryQuery query = new()
        {
            Folder = request.Folder ?? AllFolders,
            Name = request.Name,
            Roles = request.Roles,
            Limit = order.Limit,
            Page = order.Page,
            Direction = order.Direction,
        };
        AnswerFaults faults = AnswerFaults.Begin();
        try
        {
            TestListing page = await client.Tests.GetSummariesAsync(query, cancellationToken).ConfigureAwait(false);
            return Slices.Of(page.Tests, static test => test.Id, ToEntry, string.IsNullOrEmpty(request.Name) ? page.Count : null, faults);
        }
        catch (HorreumApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return new ListSlice<TestEntry>([], 0, ["Horreum has no list of tests (its summary answers 404): the address may be that of something else."]);
        }
    }

    /// <summary>Reads one test; null when there is none.</summary>
    public async Task<TestDetails?> FindAsync(TestReference test, CancellationToken cancellationToken = default)
    {
        TestReference known = test.Name is { } name && !PathSegment.CanStand(name) ? await FindInListAsync(name, cancellationToken).ConfigureAwait(false) : test;
        if (known == default)
        {
            return null;
        }

        try
        {
            Test found = known.Id is { } id
                ? await client.Tests.GetAsync(id, cancellationToken).ConfigureAwait(false)
                : await client.Tests.GetByNameAsync(test.Name!, cancellationToken).ConfigureAwait(false);
            return ToDetails(found);
        }
        catch (HorreumApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    // A name that cannot stand in an address, such as '..', is looked up among those that contain it.
    private async Task<TestReference> FindInListAsync(string name, CancellationToken cancellationToken)
    {
        for (int page = 1; page <= MostPages; page++)
        {
            ListOrder order = new(page, HorreumContractOptions.MaxPageSize);
            ListSlice<TestEntry> slice = await ListAsync(new TestListRequest { Name = name }, order, cancellationToken).ConfigureAwait(false);
            if (slice.Items.FirstOrDefault(test => test?.Name == name) is { } found)
            {
                return TestReference.ById(found.Id);
            }

            if (slice.Items.Count < order.Limit)
            {
                break;
            }
        }

        return default;
    }

    private static TestEntry ToEntry(TestSummary test) => new()
    {
        Id = test.Id,
        TestId = RunMapper.Text(test.Id),
        Name = test.Name,
        Folder = test.Folder,
        Description = test.Description,
        Access = test.Access,
        Owner = test.Owner,
        Runs = test.Runs,
        Datasets = test.Datasets,
        DatastoreId = test.DatastoreId,
        Watching = test.Watching,
    };

    private static TestDetails ToDetails(Test test) => new()
    {
        Id = test.Id,
        TestId = RunMapper.Text(test.Id),
        Name = test.Name,
        Folder = test.Folder,
        Description = test.Description,
        Access = test.Access,
        Owner = test.Owner,
        DatastoreId = test.DatastoreId,
        TimelineLabels = test.TimelineLabels,
        TimelineFunction = test.TimelineFunction,
        FingerprintLabels = test.FingerprintLabels,
        FingerprintFilter = test.FingerprintFilter,
        CompareUrl = test.CompareUrl,
        Transformers = [.. test.Transformers.Select(transformer => transformer.Name ?? RunMapper.Text(transformer.Id))],
        NotificationsEnabled = test.NotificationsEnabled,
    };
}
