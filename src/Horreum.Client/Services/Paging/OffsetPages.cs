using Horreum.Client.Models;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Services.Paging;

/// <summary>Reads lists by offset: one call for a page, with one item more than asked for, which tells whether more follow.</summary>
internal sealed class OffsetPages(PageTokens tokens, IOptions<HorreumContractOptions> options)
{
    /// <summary>The page that a request asks for.</summary>
    /// <param name="request">Where and how large it is.</param>
    /// <param name="query">Hash of the list and its filters.</param>
    /// <param name="counted">Whether the list's total can be trusted, so that no further item need tell.</param>
    /// <param name="read">Reads a page, from 1, of a number of items.</param>
    public Task<OffsetPage<T>> ReadAsync<T>(PageRequest request, string query, bool counted, Func<int, int, Task<ListSlice<T>>> read)
        where T : class
    {
        PageRequest plain = PeerPageToken.Expand(request);
        PageToken? token = tokens.Read(plain.PageToken, query);
        int size = token?.Size ?? PageSizes.Size(plain, options.Value.DefaultPageSize);
        long offset = token?.Offset ?? PageSizes.Offset(plain, size);
        return ReadAsync(new PageToken { Query = query, Size = size }, offset, counted, read);
    }

    /// <summary>The page at an offset.</summary>
    /// <param name="next">The token of the page behind it, without its offset.</param>
    /// <param name="offset">How many items lie before the page.</param>
    /// <param name="counted">Whether the list's total can be trusted.</param>
    /// <param name="read">Reads a page, from 1, of a number of items.</param>
    public async Task<OffsetPage<T>> ReadAsync<T>(PageToken next, long offset, bool counted, Func<int, int, Task<ListSlice<T>>> read)
        where T : class
    {
        int size = next.Size;
        (int page, int limit) = counted && offset % size == 0 ? ((int)(offset / size) + 1, size) : PageSizes.Cover(offset, size + 1);
        ListSlice<T> slice = await read(page, limit).ConfigureAwait(false);
        int skip = (int)(offset - ((page - 1L) * limit));
        int passed = Math.Clamp(slice.Items.Count - skip, 0, size);

        // A page of the largest size leaves no room for one more: a full one may be followed by others.
        bool full = slice.Items.Count == limit && limit < skip + size + 1;
        bool more = passed > 0 && (slice.Items.Count > skip + size || (slice.Total is { } known ? offset + passed < known : full));
        return new OffsetPage<T>(
            [.. slice.Items.Skip(skip).Take(size).OfType<T>()],
            new Pagination
            {
                HasMore = more,
                TotalCount = slice.Total ?? (more || (passed == 0 && offset > 0) ? null : offset + passed),
                NextPageToken = more ? tokens.Write(next with { Offset = offset + passed }) : null,
            },
            slice.Warnings);
    }
}
