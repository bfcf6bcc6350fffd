using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

/// <summary>Schemas, as Horreum keeps them. Pages count from 1.</summary>
internal interface ISchemaRepository
{
    /// <summary>Lists schemas, one page; the total is null when a name is asked for, because Horreum's ignores it.</summary>
    Task<ListSlice<SchemaEntry>> ListAsync(SchemaListRequest request, ListOrder order, CancellationToken cancellationToken = default);

    /// <summary>Reads one schema.</summary>
    Task<SchemaEntry> GetAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>The id of the schema with exactly this URI; null when there is none.</summary>
    Task<int?> FindIdAsync(string uri, CancellationToken cancellationToken = default);
}
