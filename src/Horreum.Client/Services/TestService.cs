using System.Runtime.CompilerServices;
using Horreum.Client.Models;
using Horreum.Client.Repositories;
using Horreum.Client.Services.Paging;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Services;

internal sealed class TestService(ITestRepository tests, TestDirectory directory, PageTokens tokens, IOptions<HorreumContractOptions> options) : ITestService
{
    private const int EnumerationPage = 500;

    public async Task<TestPage> ListAsync(TestListRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        string query = PageTokens.Hash("tests", request.Name, request.Folder ?? "*", request.Roles, request.Direction?.ToString());
        PageToken? token = tokens.Read(request.PageToken, query);
        int size = token?.Size ?? PageSizes.Size(request, options.Value.DefaultPageSize);
        long offset = token?.Offset ?? PageSizes.Offset(request, size);

        // One more than asked for tells whether more follow, where the count does not.
        (int page, int limit) = string.IsNullOrEmpty(request.Name) && offset % size == 0
            ? ((int)(offset / size) + 1, size)
            : PageSizes.Cover(offset, size + 1);
        ListSlice<TestEntry> slice = await tests.ListAsync(request, new ListOrder(page, limit, null, request.Direction), cancellationToken).ConfigureAwait(false);
        int skip = (int)(offset - ((page - 1L) * limit));
        IReadOnlyList<TestEntry> items = [.. slice.Items.Skip(skip).Take(size)];
        bool more = slice.Items.Count > skip + size || offset + items.Count < (slice.Total ?? 0);
        long? total = slice.Total ?? (more ? null : offset + items.Count);
        string? next = more && items.Count > 0 ? tokens.Write(new PageToken { Query = query, Size = size, Offset = offset + items.Count }) : null;
        return new TestPage
        {
            Tests = items,
            Pagination = new Pagination { HasMore = next is not null, TotalCount = total, NextPageToken = next },
            Count = total,
        };
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
            foreach (TestEntry test in slice.Items)
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
            ?? throw HorreumContractException.NotFound(
                "test", test.ToString(), test.Name is { } name ? await directory.SuggestAsync(name, cancellationToken).ConfigureAwait(false) : null);
}
