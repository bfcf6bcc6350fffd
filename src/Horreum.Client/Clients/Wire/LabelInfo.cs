namespace Horreum.Client.Clients.Wire;

/// <summary>A label's name and the schemas that define it.</summary>
public sealed record LabelInfo
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is a measured value.</summary>
    public bool Metrics { get; init; }

    /// <summary>Whether it serves to select datasets.</summary>
    public bool Filtering { get; init; }

    /// <summary>Schemas.</summary>
    public IReadOnlyList<SchemaDescriptor> Schemas { get => field ?? []; init; }
}
