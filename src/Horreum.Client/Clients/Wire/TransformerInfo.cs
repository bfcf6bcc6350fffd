namespace Horreum.Client.Clients.Wire;

/// <summary>Names a transformer and its schema.</summary>
public sealed record TransformerInfo
{
    /// <summary>Id of the schema.</summary>
    public int SchemaId { get; init; }

    /// <summary>URI of the schema.</summary>
    public string? SchemaUri { get; init; }

    /// <summary>Name of the schema.</summary>
    public string? SchemaName { get; init; }

    /// <summary>Id of the transformer.</summary>
    public int TransformerId { get; init; }

    /// <summary>Name of the transformer.</summary>
    public string? TransformerName { get; init; }
}
