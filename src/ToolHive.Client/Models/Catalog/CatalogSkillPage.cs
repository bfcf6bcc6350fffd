namespace ToolHive.Client.Models.Catalog;

/// <summary>One page of skills.</summary>
public sealed record CatalogSkillPage
{
    /// <summary>The skills.</summary>
    public IReadOnlyList<CatalogSkill> Skills { get => field ?? []; init; }

    /// <summary>Where the page stands.</summary>
    public CatalogPageInfo? Metadata { get; init; }
}
