namespace Coder.Client.Models;

/// <summary>What a metadata field means.</summary>
public sealed record MetadataSchema
{
    /// <summary>Text for people.</summary>
    public required string Description { get; init; }

    /// <summary>Whether listings show the field.</summary>
    public bool IncludeInList { get; init; }

    /// <summary>string, number, boolean or enum; null when the workspace does not say.</summary>
    public string? Type { get; init; }

    /// <summary>Legal values of an enum; null otherwise.</summary>
    public IReadOnlyList<string>? Values { get; init; }
}
