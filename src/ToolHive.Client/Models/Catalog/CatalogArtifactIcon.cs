namespace ToolHive.Client.Models.Catalog;

/// <summary>An icon of a skill or plugin.</summary>
public sealed record CatalogArtifactIcon
{
    /// <summary>Address.</summary>
    public string? Src { get; init; }

    /// <summary>Media type.</summary>
    public string? Type { get; init; }

    /// <summary>Size.</summary>
    public string? Size { get; init; }

    /// <summary>Text for people.</summary>
    public string? Label { get; init; }
}
