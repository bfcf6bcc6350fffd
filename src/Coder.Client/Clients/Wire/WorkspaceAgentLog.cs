namespace Coder.Client.Clients.Wire;

/// <summary>One line of a workspace agent's log.</summary>
public sealed record WorkspaceAgentLog
{
    /// <summary>Ordering id.</summary>
    public long Id { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The line.</summary>
    public string? Output { get; init; }

    /// <summary>trace, debug, info, warn or error.</summary>
    public string? Level { get; init; }

    /// <summary>Which script wrote it.</summary>
    public Guid? SourceId { get; init; }
}
