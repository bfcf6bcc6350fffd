namespace Horreum.Client.Clients.Wire;

/// <summary>Time of a variable's newest datapoint.</summary>
public sealed record DatapointLastTimestamp
{
    /// <summary>Id of the variable.</summary>
    public int Variable { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Timestamp { get; init; }
}
