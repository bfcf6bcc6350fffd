namespace Horreum.Client.Clients.Wire;

/// <summary>One line logged by an action.</summary>
public sealed record ActionLog
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
    public int TestId { get; init; }

    /// <summary>Event that triggers it, for example <c>run/new</c>.</summary>
    public string? Event { get; init; }

    /// <summary>Kind.</summary>
    public string? Type { get; init; }
}
