namespace Horreum.Client.Models;

/// <summary>Which page of a list that is filtered by start time.</summary>
public record TimedPageRequest : PageRequest
{
    /// <summary>First instant: ISO 8601, milliseconds since 1970, or words such as <c>last week</c>; <c>all</c> for no bound.</summary>
    public string? From { get; init; }

    /// <summary>First instant behind the interval, in the same forms.</summary>
    public string? To { get; init; }

    /// <summary>Member to sort by; start without it.</summary>
    public string? Sort { get; init; }

    /// <summary>Order; newest first without it.</summary>
    public SortDirection? Direction { get; init; }
}
