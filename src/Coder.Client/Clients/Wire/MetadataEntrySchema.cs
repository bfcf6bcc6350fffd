using System.Text.Json.Serialization;

namespace Coder.Client.Clients.Wire;

internal sealed record MetadataEntrySchema
{
    public string? Type { get; init; }

    public string? Description { get; init; }

    /// <summary>Spelling of the Taskfile shape.</summary>
    [JsonPropertyName("include_in_list")]
    public bool? IncludeInListSnake { get; init; }

    /// <summary>Spelling of the metadata server.</summary>
    [JsonPropertyName("includeInList")]
    public bool? IncludeInListCamel { get; init; }

    public IReadOnlyList<string?>? Values { get; init; }

    [JsonIgnore]
    public bool IncludeInList => IncludeInListCamel ?? IncludeInListSnake ?? false;
}
