using Horreum.Client.Models;
using Horreum.Client.Repositories;
using Horreum.Client.Services.Paging;

namespace Horreum.Client.Services;

internal sealed class SchemaService(SchemaRepository schemas, OffsetPages pages) : ISchemaService
{
    private static readonly string[] SortColumns = ["name", "id", "uri", "owner", "access", "description"];

    private const int MostPages = 20;

    public async Task<SchemaPage> ListAsync(SchemaListRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        string? sort = CheckSort(request.Sort);
        OffsetPage<SchemaEntry> page = await pages.ReadAsync(
            request,
            PageTokens.Hash("schemas", request.Name, request.Roles, sort, request.Direction?.ToString()),
            counted: string.IsNullOrEmpty(request.Name) && string.IsNullOrEmpty(request.Roles),
            (number, limit) => schemas.ListAsync(request, new ListOrder(number, limit, sort, request.Direction), cancellationToken)).ConfigureAwait(false);
        return new SchemaPage { Schemas = page.Items, Pagination = page.Pagination, Count = page.Pagination.TotalCount, Warnings = page.ShownWarnings };
    }

    public async Task<SchemaPage> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (await FindExactlyAsync(name, cancellationToken).ConfigureAwait(false) is { } schema)
        {
            return Alone(schema);
        }

        SchemaPage similar = await ListAsync(new SchemaListRequest { Name = name }, cancellationToken).ConfigureAwait(false);
        if (similar.Schemas.Count > 0)
        {
            return similar;
        }

        // The search of a server may know names or URIs only, the list has both.
        IReadOnlyList<SchemaEntry> all = await ListForHintAsync(cancellationToken).ConfigureAwait(false);
        return all.FirstOrDefault(known => IsCalled(known, name)) is { } found
            ? Alone(found)
            : throw HorreumContractException.NotFound("schema", name, [.. all.SelectMany(known => new[] { known.Name, known.Uri }).OfType<string>()]);
    }

    public Task<SchemaEntry> GetAsync(int schemaId, CancellationToken cancellationToken = default) => schemas.GetAsync(schemaId, cancellationToken);

    private async Task<SchemaEntry?> FindExactlyAsync(string name, CancellationToken cancellationToken)
    {
        for (int page = 1; page <= MostPages; page++)
        {
            ListOrder order = new(page, HorreumContractOptions.MaxPageSize);
            ListSlice<SchemaEntry> slice = await schemas.ListAsync(new SchemaListRequest { Name = name }, order, cancellationToken).ConfigureAwait(false);
            if (slice.Items.FirstOrDefault(schema => schema is not null && IsCalled(schema, name)) is { } found)
            {
                return found;
            }

            if (slice.Items.Count < order.Limit)
            {
                break;
            }
        }

        return name.Contains(':', StringComparison.Ordinal) && await schemas.FindIdAsync(name, cancellationToken).ConfigureAwait(false) is { } id
            ? await schemas.GetAsync(id, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private async Task<IReadOnlyList<SchemaEntry>> ListForHintAsync(CancellationToken cancellationToken)
    {
        try
        {
            ListOrder order = new(1, HorreumContractOptions.MaxPageSize);
            ListSlice<SchemaEntry> known = await schemas.ListAsync(new SchemaListRequest(), order, cancellationToken).ConfigureAwait(false);
            return [.. known.Items.OfType<SchemaEntry>()];
        }
        catch (HttpRequestException)
        {
            // The names are a courtesy: that the schema is missing is what the caller must learn.
            return [];
        }
    }

    private static SchemaPage Alone(SchemaEntry schema) => new() { Schemas = [schema], Pagination = new Pagination { TotalCount = 1 }, Count = 1 };

    private static bool IsCalled(SchemaEntry schema, string name) => schema.Name == name || schema.Uri == name;

    private static string? CheckSort(string? sort) => string.IsNullOrWhiteSpace(sort)
        ? null
        : SortColumns.FirstOrDefault(column => column.Equals(sort.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw HorreumContractException.Invalid("sort", sort, "one of " + string.Join(", ", SortColumns), NearestName.Find(sort, SortColumns));
}
