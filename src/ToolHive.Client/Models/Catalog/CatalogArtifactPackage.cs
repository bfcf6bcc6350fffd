namespace ToolHive.Client.Models.Catalog;

/// <summary>Where a skill or plugin is kept.</summary>
public sealed record CatalogArtifactPackage
{
    /// <summary><c>oci</c>, <c>git</c> …</summary>
    public string? RegistryType { get; init; }

    /// <summary>Its name there.</summary>
    public string? Identifier { get; init; }

    /// <summary>Address.</summary>
    public string? Url { get; init; }

    /// <summary>Git reference.</summary>
    public string? Ref { get; init; }

    /// <summary>Git commit.</summary>
    public string? Commit { get; init; }

    /// <summary>Digest.</summary>
    public string? Digest { get; init; }

    /// <summary>Media type.</summary>
    public string? MediaType { get; init; }

    /// <summary>Folder inside it.</summary>
    public string? Subfolder { get; init; }
}
