using System.Collections.ObjectModel;

namespace ToolHive.Client.Models.Catalog;

/// <summary>A value that the user gives.</summary>
public record CatalogInput
{
    /// <summary>Name of the variable, header or flag.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Value when none is given.</summary>
    public string? Default { get; init; }

    /// <summary>Fixed value, or a template over the variables.</summary>
    public string? Value { get; init; }

    /// <summary>Example to show.</summary>
    public string? Placeholder { get; init; }

    /// <summary><c>string</c>, <c>number</c>, <c>boolean</c> or <c>filepath</c>.</summary>
    public string? Format { get; init; }

    /// <summary>True when it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when it must not be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Legal values; empty means any.</summary>
    public IReadOnlyList<string> Choices { get => field ?? []; init; }

    /// <summary>Inputs that the value refers to.</summary>
    public IReadOnlyDictionary<string, CatalogInput> Variables { get => field ?? ReadOnlyDictionary<string, CatalogInput>.Empty; init; }
}
