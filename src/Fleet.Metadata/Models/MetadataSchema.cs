using System.Text.Json.Serialization;

namespace Fleet.Metadata.Models;

/// <summary>What a reader must know to show a value without knowing its key.</summary>
public sealed record MetadataSchema
{
    /// <summary>The kind of the value.</summary>
    public required MetadataType Type { get; init; }

    /// <summary>What the value says, for people; at most 256 characters.</summary>
    public required string Description { get; init; }

    /// <summary>True when the value belongs into short lists.</summary>
    public required bool IncludeInList { get; init; }

    /// <summary>The legal words of a <see cref="MetadataType.Choice"/>; null for every other kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Values { get; init; }
}
