using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

internal sealed class SchemaRepository(IHorreumClient client) : ISchemaRepository
{
    public async Task<ListSlice<SchemaEntry>> ListAsync(SchemaListRequest request, ListOrder order, CancellationToken cancellationToken = default)
    {
        SchemaListQuery query = new()
        {
            Name = request.Name,
            Roles = request.Roles,
            Limit = order.Limit,

            // This list counts its pages from 0, unlike the others.
            Page = order.Page - 1,
            Sort = order.Sort,
            Direction = order.Direction,
        };
        SchemaQueryResult page = await client.Schemas.ListAsync(query, cancellationToken).ConfigureAwait(false);
        bool filtered = !string.IsNullOrEmpty(request.Name) || !string.IsNullOrEmpty(request.Roles);
        return new ListSlice<SchemaEntry>([.. page.Schemas.Select(ToEntry)], filtered ? null : page.Count);
    }

    public async Task<SchemaEntry> GetAsync(int id, CancellationToken cancellationToken = default) =>
        ToEntry(await client.Schemas.GetAsync(id, cancellationToken).ConfigureAwait(false));

    private static SchemaEntry ToEntry(Schema schema) => new()
    {
        Id = schema.Id,
        SchemaId = RunMapper.Text(schema.Id),
        Uri = schema.Uri,
        Name = schema.Name,
        Description = schema.Description,
        Access = schema.Access,
        Owner = schema.Owner,
        JsonSchema = schema.JsonSchema,
    };
}
