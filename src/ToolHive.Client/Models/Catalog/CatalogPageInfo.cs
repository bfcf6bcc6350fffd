namespace ToolHive.Client.Models.Catalog;

/// <summary>Where a page stands in the whole.</summary>
public sealed record CatalogPageInfo
{
    /// <summary>Number of items in the whole listing.</summary>
    public int Total { get; init; }

    /// <summary>This page, from 1.</summary>
    public int Page { get; init; }

    /// <summary>Items per page.</summary>
    public int Limit { get; init; }
}
