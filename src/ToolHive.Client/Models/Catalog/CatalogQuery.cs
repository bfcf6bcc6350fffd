namespace ToolHive.Client.Models.Catalog;

/// <summary>A page of the MCP-registry style listing.</summary>
public sealed record CatalogQuery
{
    /// <summary>Text to search for; null for everything.</summary>
    public string? Search { get; init; }

    /// <summary>Page, from 1 (default 1).</summary>
    public int? Page { get; init; }

    /// <summary>Items per page, at most 200 (default 50).</summary>
    public int? Limit { get; init; }
}
