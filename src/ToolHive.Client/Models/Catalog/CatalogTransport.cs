using System.Collections.ObjectModel;

namespace ToolHive.Client.Models.Catalog;

/// <summary>How a server is reached.</summary>
public sealed record CatalogTransport
{
    /// <summary><c>stdio</c>, <c>sse</c> or <c>streamable-http</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Address.</summary>
    public string? Url { get; init; }

    /// <summary>Headers it wants.</summary>
    public IReadOnlyList<CatalogInput> Headers { get => field ?? []; init; }

    /// <summary>Inputs that the address refers to.</summary>
    public IReadOnlyDictionary<string, CatalogInput> Variables { get => field ?? ReadOnlyDictionary<string, CatalogInput>.Empty; init; }
}
