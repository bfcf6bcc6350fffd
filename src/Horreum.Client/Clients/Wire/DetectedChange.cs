namespace Horreum.Client.Clients.Wire;

/// <summary>A change found in a variable.</summary>
public sealed record DetectedChange
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>The variable.</summary>
    public Variable? Variable { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Whether a person confirmed it.</summary>
    public bool Confirmed { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>Dataset it was found in.</summary>
    public DatasetInfo? Dataset { get; init; }
}
