using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Tools.Results;

/// <summary>Registry entries, best first.</summary>
internal sealed record RegistryServers
{
    public required IReadOnlyList<RegistryServerSummary> Servers { get; init; }

    public required int Total { get; init; }

    public required bool Truncated { get; init; }

    public static RegistryServers From(RegistrySearchResult result) => new()
    {
        Servers = [.. result.Matches.Select(match => RegistryServerSummary.From(match.Server))],
        Total = result.Total,
        Truncated = result.IsTruncated,
    };
}
