namespace ToolHive.Client.Models.Catalog;

/// <summary>A plugin of the catalogue.</summary>
public sealed record CatalogPlugin : CatalogArtifact
{
}
