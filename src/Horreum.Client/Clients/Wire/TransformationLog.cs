namespace Horreum.Client.Clients.Wire;

/// <summary>One line logged while a run was transformed.</summary>
public sealed record TransformationLog
{
    /// <summary>Its id.</summary>
    public long Id { get; init; }

    /// <summary>Severity.</summary>
    public int Level { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The text.</summary>
    public string? Message { get; init; }

    /// <summary>Id of the test.</summary>
    public int? TestId { get; init; }

    /// <summary>Id of the run.</summary>
    public int? RunId { get; init; }
}
