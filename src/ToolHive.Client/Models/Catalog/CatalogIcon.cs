namespace ToolHive.Client.Models.Catalog;

/// <summary>An icon.</summary>
public sealed record CatalogIcon
{
    /// <summary>Address.</summary>
    public string? Src { get; init; }

    /// <summary>Media type.</summary>
    public string? MimeType { get; init; }

    /// <summary>Sizes, such as <c>48x48</c>.</summary>
    public IReadOnlyList<string> Sizes { get => field ?? []; init; }

    /// <summary><c>light</c> or <c>dark</c>.</summary>
    public string? Theme { get; init; }
}
