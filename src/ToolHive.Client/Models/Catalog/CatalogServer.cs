using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolHive.Client.Models.Catalog;

/// <summary>A server in the MCP registry's own format.</summary>
public sealed record CatalogServer
{
    /// <summary>Schema of the format.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Full name, reverse-DNS with a slash.</summary>
    public string? Name { get; init; }

    /// <summary>Name for people.</summary>
    public string? Title { get; init; }

    /// <summary>What it does.</summary>
    public string? Description { get; init; }

    /// <summary>Version.</summary>
    public string? Version { get; init; }

    /// <summary>Its site.</summary>
    public string? WebsiteUrl { get; init; }

    /// <summary>Its source code.</summary>
    public CatalogRepository? Repository { get; init; }

    /// <summary>Packages it is delivered as.</summary>
    public IReadOnlyList<CatalogPackage> Packages { get => field ?? []; init; }

    /// <summary>Addresses it runs at.</summary>
    public IReadOnlyList<CatalogTransport> Remotes { get => field ?? []; init; }

    /// <summary>Icons.</summary>
    public IReadOnlyList<CatalogIcon> Icons { get => field ?? []; init; }

    /// <summary>What publishers and registries add.</summary>
    [JsonPropertyName("_meta")]
    public JsonElement? Meta { get; init; }
}
