namespace ToolHive.Client.Models.Catalog;

/// <summary>An argument of a command.</summary>
public sealed record CatalogArgument : CatalogInput
{
    /// <summary><c>positional</c> or <c>named</c>.</summary>
    public string? Type { get; init; }

    /// <summary>True when it may be given more than once.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>What kind of value it is.</summary>
    public string? ValueHint { get; init; }
}
