namespace ToolHive.Client.Models.Registry;

/// <summary>Registry entries that match a search, best first.</summary>
public sealed record RegistrySearchResult
{
    /// <summary>The best of them.</summary>
    public IReadOnlyList<RegistryMatch> Matches { get => field ?? []; init; }

    /// <summary>How many matched altogether.</summary>
    public int Total { get; init; }

    /// <summary>True when more matched than are listed.</summary>
    public bool IsTruncated { get; init; }
}
