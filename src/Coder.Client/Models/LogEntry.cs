namespace Coder.Client.Models;

/// <summary>One entry of an agent's conversation.</summary>
public sealed record LogEntry
{
    /// <summary>Counts from 0.</summary>
    public required long Id { get; init; }

    /// <summary><c>input</c> (to the agent) or <c>output</c> (from it).</summary>
    public required string Type { get; init; }

    /// <summary>Text without control characters; cut in the middle, with a marker, when it is too long.</summary>
    public required string Content { get; init; }

    /// <summary>When, UTC; null when Coder does not say.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Whether the text was cut.</summary>
    public bool Truncated { get; init; }
}
