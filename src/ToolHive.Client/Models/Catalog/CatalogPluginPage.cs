namespace ToolHive.Client.Models.Catalog;

/// <summary>One page of plugins.</summary>
public sealed record CatalogPluginPage
{
    /// <summary>The plugins.</summary>
    public IReadOnlyList<CatalogPlugin> Plugins { get => field ?? []; init; }

    /// <summary>Where the page stands.</summary>
    public CatalogPageInfo? Metadata { get; init; }
}
