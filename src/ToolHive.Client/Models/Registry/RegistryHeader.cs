namespace ToolHive.Client.Models.Registry;

/// <summary>A header that a remote server wants.</summary>
public sealed record RegistryHeader
{
    /// <summary>Name of the header.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>True when requests fail without it.</summary>
    public bool Required { get; init; }

    /// <summary>True when its value must not be shown.</summary>
    public bool Secret { get; init; }

    /// <summary>Value it has when none is given.</summary>
    public string? Default { get; init; }

    /// <summary>Legal values; empty means any.</summary>
    public IReadOnlyList<string> Choices { get => field ?? []; init; }
}
