namespace Coder.Client.Clients.Wire;

/// <summary>One status report of an application, sent by the coding agent.</summary>
public sealed record AppStatus
{
    /// <summary>Id of the report.</summary>
    public Guid Id { get; init; }

    /// <summary>When it was reported.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Workspace agent of the application.</summary>
    public Guid AgentId { get; init; }

    /// <summary>The application.</summary>
    public Guid AppId { get; init; }

    /// <summary>working, idle, complete or failure.</summary>
    public string? State { get; init; }

    /// <summary>What the agent says it does; can be empty.</summary>
    public string? Message { get; init; }

    /// <summary>A link that belongs to the report; empty when there is none.</summary>
    public string? Uri { get; init; }

    /// <summary>Deprecated by Coder and always false on current servers.</summary>
    public bool NeedsUserAttention { get; init; }
}
