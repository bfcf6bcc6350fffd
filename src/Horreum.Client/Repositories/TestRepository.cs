using System.Net;
using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

internal sealed class TestRepository(IHorreumClient client) : ITestRepository
{
    private const string AllFolders = "*";

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
        TestListing page = await client.Tests.GetSummariesAsync(query, cancellationToken).ConfigureAwait(false);
        return new ListSlice<TestEntry>([.. page.Tests.Select(ToEntry)], string.IsNullOrEmpty(request.Name) ? page.Count : null);
    }

    public async Task<TestDetails?> FindAsync(TestReference test, CancellationToken cancellationToken = default)
    {
        try
        {
            Test found = test.Id is { } id
                ? await client.Tests.GetAsync(id, cancellationToken).ConfigureAwait(false)
                : await client.Tests.GetByNameAsync(test.Name!, cancellationToken).ConfigureAwait(false);
            return ToDetails(found);
        }
        catch (HorreumApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
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
