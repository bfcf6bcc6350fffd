using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolHive.Client.Models.Catalog;

/// <summary>What skills and plugins of the catalogue have in common.</summary>
public abstract record CatalogArtifact
{
    /// <summary>Namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>Name in the namespace.</summary>
    public string? Name { get; init; }

    /// <summary>Name for people.</summary>
    public string? Title { get; init; }

    /// <summary>What it does.</summary>
    public string? Description { get; init; }

    /// <summary>Version.</summary>
    public string? Version { get; init; }

    /// <summary><c>active</c>, <c>deprecated</c>, or another word.</summary>
    public string? Status { get; init; }

    /// <summary>Licence.</summary>
    public string? License { get; init; }

    /// <summary>Its source code.</summary>
    public CatalogRepository? Repository { get; init; }

    /// <summary>Where it is kept.</summary>
    public IReadOnlyList<CatalogArtifactPackage> Packages { get => field ?? []; init; }

    /// <summary>Icons.</summary>
    public IReadOnlyList<CatalogArtifactIcon> Icons { get => field ?? []; init; }

    /// <summary>What the author adds.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get => field ?? ReadOnlyDictionary<string, JsonElement>.Empty; init; }

    /// <summary>What publishers and registries add.</summary>
    [JsonPropertyName("_meta")]
    public JsonElement? Meta { get; init; }
}
