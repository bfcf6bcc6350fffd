using System.Globalization;
using Horreum.Client.Models;

namespace Horreum.Client.Services.Paging;

/// <summary>Checks page sizes and page numbers.</summary>
internal static class PageSizes
{
    private const int LastPage = 10_000_000;

    /// <summary>The size that a request asks for, or the default.</summary>
    public static int Size(PageRequest request, int byDefault)
    {
        int size = request.PageSize ?? byDefault;
        return size is >= 1 and <= HorreumContractOptions.MaxPageSize
            ? size
            : throw HorreumContractException.Invalid(
                "pageSize", size.ToString(CultureInfo.InvariantCulture), $"an integer from 1 to {HorreumContractOptions.MaxPageSize}");
    }

    /// <summary>How many items lie before the page that a request asks for by number.</summary>
    public static long Offset(PageRequest request, int size)
    {
        int page = request.Page ?? 1;
        return page is >= 1 and <= LastPage
            ? (page - 1L) * size
            : throw HorreumContractException.Invalid("page", page.ToString(CultureInfo.InvariantCulture), "an integer from 1");
    }

    /// <summary>
    /// The smallest page of a list that holds all of the ranks from <paramref name="rank"/> on, so that one call fetches what two pages would straddle.
    /// Falls back to the page that holds the first of them.
    /// </summary>
    public static (int Page, int Limit) Cover(long rank, int count)
    {
        count = Math.Min(count, HorreumContractOptions.MaxPageSize);
        for (int limit = count; limit <= HorreumContractOptions.MaxPageSize; limit++)
        {
            if (rank / limit == (rank + count - 1) / limit)
            {
                return ((int)(rank / limit) + 1, limit);
            }
        }

        return ((int)(rank / count) + 1, count);
    }
}
