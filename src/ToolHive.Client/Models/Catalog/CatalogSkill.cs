namespace ToolHive.Client.Models.Catalog;

/// <summary>A skill of the catalogue.</summary>
public sealed record CatalogSkill : CatalogArtifact
{
    /// <summary>Tools it may use.</summary>
    public IReadOnlyList<string> AllowedTools { get => field ?? []; init; }

    /// <summary>What it needs.</summary>
    public string? Compatibility { get; init; }
}
