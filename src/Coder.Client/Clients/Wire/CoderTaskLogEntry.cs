namespace Coder.Client.Clients.Wire;

/// <summary>One entry of a conversation.</summary>
public sealed record CoderTaskLogEntry
{
    /// <summary>Counts from 0.</summary>
    public long Id { get; init; }

    /// <summary>Text as the terminal shows it.</summary>
    public string? Content { get; init; }

    /// <summary><c>input</c> (to the agent) or <c>output</c> (from it).</summary>
    public string? Type { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? Time { get; init; }
}
