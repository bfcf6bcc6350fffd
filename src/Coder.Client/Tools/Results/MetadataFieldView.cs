using System.Text.Json;

namespace Coder.Client.Tools.Results;

internal sealed record MetadataFieldView
{
    public required JsonElement? Value { get; init; }

    public required string? Error { get; init; }

    public required MetadataSchemaView Schema { get; init; }
}
