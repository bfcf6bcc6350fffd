namespace Horreum.Client.Clients.Wire;

/// <summary>Warns when a test got no data for too long.</summary>
public sealed record MissingDataRule
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Names of labels.</summary>
    public IReadOnlyList<string> Labels { get => field ?? []; init; }

    /// <summary>JavaScript function that decides whether a dataset counts.</summary>
    public string? Condition { get; init; }

    /// <summary>Longest time without data, in milliseconds.</summary>
    public long MaxStaleness { get; init; }

    /// <summary>When the last warning was sent.</summary>
    public DateTimeOffset? LastNotification { get; init; }

    /// <summary>Id of the test.</summary>
    public int TestId { get; init; }
}
