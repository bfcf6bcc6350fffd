namespace ToolHive.Client.Models.Catalog;

/// <summary>Where the source code is.</summary>
public sealed record CatalogRepository
{
    /// <summary>Id at the forge.</summary>
    public string? Id { get; init; }

    /// <summary>Forge, such as <c>github</c>.</summary>
    public string? Source { get; init; }

    /// <summary>Kind of repository, for skills and plugins.</summary>
    public string? Type { get; init; }

    /// <summary>Folder inside it.</summary>
    public string? Subfolder { get; init; }

    /// <summary>Address.</summary>
    public string? Url { get; init; }
}
