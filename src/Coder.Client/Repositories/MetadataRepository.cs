using System.Text.Json;
using Coder.Client.Clients;
using Coder.Client.Clients.Wire;
using Coder.Client.Models;

namespace Coder.Client.Repositories;

internal sealed class MetadataRepository(IMetadataClient client, IAppAddressResolver addresses) : IMetadataRepository
{
    public async Task<IReadOnlyDictionary<string, MetadataField>> ReadAsync(AgentApp app, CancellationToken cancellationToken = default)
    {
        Uri address = await addresses.ResolveAsync(app, cancellationToken).ConfigureAwait(false);
        MetadataResponse response = await client.GetAsync(address, cancellationToken).ConfigureAwait(false);
        if (response.Data is null)
        {
            throw new WorkspaceAppException("The metadata application answered without data.");
        }

        return response.Data.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => Map(entry.Value!), StringComparer.Ordinal);
    }

    private static MetadataField Map(MetadataEntry entry) => new()
    {
        Value = entry.Value is { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } ? null : entry.Value,
        Error = entry.Error,
        Schema = new MetadataSchema
        {
            Description = entry.Schema?.Description is { Length: > 0 } text ? text : "No description",
            IncludeInList = entry.Schema?.IncludeInList ?? false,
            Type = entry.Schema?.Type,
            Values = entry.Schema?.Values is { } values ? [.. values.OfType<string>()] : null,
        },
    };
}
