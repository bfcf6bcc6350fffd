namespace ToolHive.Client.Models;

/// <summary>A setting that a registry entry reads.</summary>
public sealed record ServerSetting
{
    /// <summary>Name of the variable or header.</summary>
    public required string Name { get; init; }

    /// <summary><c>environment</c> or <c>header</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>True when the server does not work without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when its value must not be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Value it has when none is given.</summary>
    public string? Default { get; init; }

    /// <summary>Legal values; empty means any.</summary>
    public IReadOnlyList<string> Choices { get => field ?? []; init; }
}
