namespace Horreum.Client.Clients.Wire;

/// <summary>One line logged while labels or variables were computed.</summary>
public sealed record DatasetLog
{
    /// <summary>Its id.</summary>
    public long Id { get; init; }

    /// <summary>Severity.</summary>
    public int Level { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The text.</summary>
    public string? Message { get; init; }

    /// <summary>Where it comes from.</summary>
    public string? Source { get; init; }

    /// <summary>Id of the test.</summary>
    public int TestId { get; init; }

    /// <summary>Id of the run.</summary>
    public int RunId { get; init; }

    /// <summary>Id of the dataset.</summary>
    public int DatasetId { get; init; }

    /// <summary>Position of the dataset in its run, from 0.</summary>
    public int DatasetOrdinal { get; init; }
}
