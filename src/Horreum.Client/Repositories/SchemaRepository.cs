using System.Net;
using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

/// <summary>Schemas, as Horreum keeps them. Pages count from 1.</summary>
internal sealed class SchemaRepository(IHorreumClient client)
{
    /// <summary>Lists schemas, one page; the total is null when a name is asked for, because Horreum's ignores it.</summary>
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
        AnswerFaults faults = AnswerFaults.Begin();
        SchemaQueryResult page = await client.Schemas.ListAsync(query, cancellationToken).ConfigureAwait(false);
        bool filtered = !string.IsNullOrEmpty(request.Name) || !string.IsNullOrEmpty(request.Roles);
        return Slices.Of(page.Schemas, static schema => schema.Id, ToEntry, filtered ? null : page.Count, faults);
    }

    /// <summary>Reads one schema.</summary>
    public async Task<SchemaEntry> GetAsync(int id, CancellationToken cancellationToken = default) =>
        ToEntry(await client.Schemas.GetAsync(id, cancellationToken).ConfigureAwait(false));

    /// <summary>The id of the schema with exactly this URI; null when there is none.</summary>
    public async Task<int?> FindIdAsync(string uri, CancellationToken cancellationToken = default)
    {
        try
        {
            return PathSegment.CanStand(uri) ? await client.Schemas.GetIdByUriAsync(uri, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (HorreumApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

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
