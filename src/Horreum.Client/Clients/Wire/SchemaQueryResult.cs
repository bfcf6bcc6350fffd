namespace Horreum.Client.Clients.Wire;

/// <summary>One page of schemas.</summary>
public sealed record SchemaQueryResult
{
    /// <summary>Schemas.</summary>
    public IReadOnlyList<Schema> Schemas { get => field ?? []; init; }

    /// <summary>How many there are over all pages.</summary>
    public long Count { get; init; }
}
