namespace Coder.Client.Tools.Results;

internal sealed record MetadataSchemaView
{
    public required string Description { get; init; }

    public required bool IncludeInList { get; init; }

    public required string? Type { get; init; }

    public required IReadOnlyList<string>? Values { get; init; }
}
