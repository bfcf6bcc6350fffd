using System.Runtime.CompilerServices;
using Horreum.Client.Models;
using Horreum.Client.Repositories;
using Horreum.Client.Services.Paging;

namespace Horreum.Client.Services;

internal sealed class TestService(TestRepository tests, TestDirectory directory, OffsetPages pages) : ITestService
{
    private const int EnumerationPage = 500;

    public async Task<TestPage> ListAsync(TestListRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        OffsetPage<TestEntry> page = await pages.ReadAsync(
            request,
            PageTokens.Hash("tests", request.Name, request.Folder ?? "*", request.Roles, request.Direction?.ToString()),
            counted: string.IsNullOrEmpty(request.Name),
            (number, limit) => tests.ListAsync(request, new ListOrder(number, limit, null, request.Direction), cancellationToken)).ConfigureAwait(false);
        return new TestPage { Tests = page.Items, Pagination = page.Pagination, Count = page.Pagination.TotalCount, Warnings = page.ShownWarnings };
    }

    public async IAsyncEnumerable<TestEntry> EnumerateAsync(
        TestListRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        for (int page = 1; ; page++)
        {
            ListOrder order = new(page, EnumerationPage, null, request.Direction);
            ListSlice<TestEntry> slice = await tests.ListAsync(request, order, cancellationToken).ConfigureAwait(false);
            foreach (TestEntry test in slice.Items.OfType<TestEntry>())
            {
                yield return test;
            }

            if (slice.Items.Count < EnumerationPage)
            {
                yield break;
            }
        }
    }

    public async Task<TestDetails> GetAsync(TestReference test, CancellationToken cancellationToken = default) =>
        await tests.FindAsync(test, cancellationToken).ConfigureAwait(false)
            ?? throw (test.Name is { } name
                ? await directory.MissingAsync(name, cancellationToken).ConfigureAwait(false)
                : HorreumContractException.NotFound("test", test.ToString(), []));
}
