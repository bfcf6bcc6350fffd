namespace Horreum.Client.Models;

/// <summary>The interval that start times were filtered with: <c>from ≤ start &lt; to</c>.</summary>
public sealed record AppliedTimeRange
{
    /// <summary>First instant in it; null when open.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>First instant behind it; null when open.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether no bound was given and the default applied.</summary>
    public bool Defaulted { get; init; }
}
