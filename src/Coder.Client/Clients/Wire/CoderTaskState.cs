namespace Coder.Client.Clients.Wire;

/// <summary>The state that a task's agent last reported.</summary>
public sealed record CoderTaskState
{
    /// <summary>When.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>working, idle, complete or failed.</summary>
    public string? State { get; init; }

    /// <summary>What the agent says it does.</summary>
    public string? Message { get; init; }

    /// <summary>A link that belongs to it.</summary>
    public string? Uri { get; init; }
}
