namespace Horreum.Client.Clients.Wire;

/// <summary>A place where data does not fit its schema.</summary>
public sealed record ValidationError
{
    /// <summary>Id of the schema.</summary>
    public int SchemaId { get; init; }

    /// <summary>What does not fit.</summary>
    public ErrorDetails? Error { get; init; }
}
