using Horreum.Client.Models;

namespace Horreum.Client.Clients.Wire;

/// <summary>Turns a run into datasets of a target schema.</summary>
public sealed record Transformer
{
    /// <summary>Who may see it: <c>PUBLIC</c>, <c>PROTECTED</c> or <c>PRIVATE</c>.</summary>
    public Access Access { get; init; }

    /// <summary>Team that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>URI of the schema of what it produces.</summary>
    public string? TargetSchemaUri { get; init; }

    /// <summary>What is taken from the data.</summary>
    public IReadOnlyList<Extractor> Extractors { get => field ?? []; init; }

    /// <summary>JavaScript function that computes the value from what was extracted.</summary>
    public string? Function { get; init; }

    /// <summary>Id of the schema.</summary>
    public int SchemaId { get; init; }

    /// <summary>URI of the schema.</summary>
    public string? SchemaUri { get; init; }

    /// <summary>Name of the schema.</summary>
    public string? SchemaName { get; init; }
}
