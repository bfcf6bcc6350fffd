namespace Coder.Client.Clients.Wire;

/// <summary>A named set of parameter values of a template version. Coder capitalises the member names; both spellings are read.</summary>
public sealed record Preset
{
    /// <summary>Id of the preset; differs from version to version.</summary>
    public Guid Id { get; init; }

    /// <summary>Name of the preset.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is the default one.</summary>
    public bool Default { get; init; }

    /// <summary>Description.</summary>
    public string? Description { get; init; }

    /// <summary>The values.</summary>
    public IReadOnlyList<RichParameterValue> Parameters { get => field ?? []; init => field = WireList.WithoutNulls(value); }
}
