namespace Coder.Client.Clients.Wire;

/// <summary>A parameter of a template version.</summary>
public sealed record RichParameter
{
    /// <summary>Name of the parameter.</summary>
    public string? Name { get; init; }

    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Description.</summary>
    public string? Description { get; init; }

    /// <summary>string, number, bool or list(string).</summary>
    public string? Type { get; init; }

    /// <summary>How the dashboard shows it.</summary>
    public string? FormType { get; init; }

    /// <summary>Whether it can change after the create.</summary>
    public bool Mutable { get; init; }

    /// <summary>Value when none is given.</summary>
    public string? DefaultValue { get; init; }

    /// <summary>Whether a value must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Whether the value lasts for one build only.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>The legal values; empty means any.</summary>
    public IReadOnlyList<RichParameterOption> Options { get => field ?? []; init => field = WireList.WithoutNulls(value); }
}
