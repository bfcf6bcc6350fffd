using System.Text.Json;

namespace Coder.Client.Clients.Wire;

internal sealed record MetadataEntry
{
    public JsonElement? Value { get; init; }

    public string? Error { get; init; }

    public MetadataEntrySchema? Schema { get; init; }
}
