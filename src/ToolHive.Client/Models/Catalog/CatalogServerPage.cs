namespace ToolHive.Client.Models.Catalog;

/// <summary>One page of servers.</summary>
public sealed record CatalogServerPage
{
    /// <summary>The servers.</summary>
    public IReadOnlyList<CatalogServer> Servers { get => field ?? []; init; }

    /// <summary>Where the page stands.</summary>
    public CatalogPageInfo? Metadata { get; init; }
}
