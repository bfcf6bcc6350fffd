using Horreum.Client.Models;
using Horreum.Client.Repositories;
using Horreum.Client.Services.Paging;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Services;

internal sealed class SchemaService(ISchemaRepository schemas, PageTokens tokens, IOptions<HorreumContractOptions> options) : ISchemaService
{
    private static readonly string[] SortColumns = ["name", "id", "uri", "owner", "access", "description"];

    public async Task<SchemaPage> ListAsync(SchemaListRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        string? sort = CheckSort(request.Sort);
        string query = PageTokens.Hash("schemas", request.Name, request.Roles, sort, request.Direction?.ToString());
        PageToken? token = tokens.Read(request.PageToken, query);
        int size = token?.Size ?? PageSizes.Size(request, options.Value.DefaultPageSize);
        long offset = token?.Offset ?? PageSizes.Offset(request, size);
        (int page, int limit) = PageSizes.Cover(offset, size + 1);
        ListOrder order = new(page, limit, sort, request.Direction);
        ListSlice<SchemaEntry> slice = await schemas.ListAsync(request, order, cancellationToken).ConfigureAwait(false);
        int skip = (int)(offset - ((page - 1L) * limit));
        IReadOnlyList<SchemaEntry> items = [.. slice.Items.Skip(skip).Take(size)];
        bool more = slice.Items.Count > skip + size || offset + items.Count < (slice.Total ?? 0);
        string? next = more && items.Count > 0 ? tokens.Write(new PageToken { Query = query, Size = size, Offset = offset + items.Count }) : null;
        long? total = slice.Total ?? (more ? null : offset + items.Count);
        return new SchemaPage
        {
            Schemas = items,
            Pagination = new Pagination { HasMore = next is not null, TotalCount = total, NextPageToken = next },
            Count = total,
        };
    }

    public Task<SchemaEntry> GetAsync(int schemaId, CancellationToken cancellationToken = default) => schemas.GetAsync(schemaId, cancellationToken);

    private static string? CheckSort(string? sort) => string.IsNullOrWhiteSpace(sort)
        ? null
        : SortColumns.FirstOrDefault(column => column.Equals(sort.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw HorreumContractException.Invalid("sort", sort, "one of " + string.Join(", ", SortColumns), NearestName.Find(sort, SortColumns));
}
