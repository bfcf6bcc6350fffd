using Horreum.Client.Models;

namespace Horreum.Client.Clients.Wire;

/// <summary>A named value computed from each dataset of a schema.</summary>
public sealed record SchemaLabel
{
    /// <summary>Who may see it: <c>PUBLIC</c>, <c>PROTECTED</c> or <c>PRIVATE</c>.</summary>
    public Access Access { get; init; }

    /// <summary>Team that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>What is taken from the data.</summary>
    public IReadOnlyList<Extractor> Extractors { get => field ?? []; init; }

    /// <summary>JavaScript function that computes the value from what was extracted.</summary>
    public string? Function { get; init; }

    /// <summary>Whether it serves to select datasets.</summary>
    public bool Filtering { get; init; }

    /// <summary>Whether it is a measured value.</summary>
    public bool Metrics { get; init; }

    /// <summary>Id of the schema.</summary>
    public int SchemaId { get; init; }
}
