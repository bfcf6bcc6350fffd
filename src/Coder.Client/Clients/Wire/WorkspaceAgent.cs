namespace Coder.Client.Clients.Wire;

/// <summary>The Coder agent process inside a workspace. Environment variables and scripts are not read: they can hold secrets.</summary>
public sealed record WorkspaceAgent
{
    /// <summary>Id of the workspace agent.</summary>
    public Guid Id { get; init; }

    /// <summary>Id of the agent above it, when it runs in a dev container.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it first connected.</summary>
    public DateTimeOffset? FirstConnectedAt { get; init; }

    /// <summary>When it last connected.</summary>
    public DateTimeOffset? LastConnectedAt { get; init; }

    /// <summary>When it disconnected.</summary>
    public DateTimeOffset? DisconnectedAt { get; init; }

    /// <summary>When its start scripts began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its start scripts ended.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>connecting, connected, disconnected or timeout.</summary>
    public string? Status { get; init; }

    /// <summary>created, starting, start_timeout, start_error, ready, shutting_down, shutdown_timeout, shutdown_error or off.</summary>
    public string? LifecycleState { get; init; }

    /// <summary>Name of the workspace agent.</summary>
    public string? Name { get; init; }

    /// <summary>Resource that it runs in.</summary>
    public Guid ResourceId { get; init; }

    /// <summary>Operating system.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>Processor architecture.</summary>
    public string? Architecture { get; init; }

    /// <summary>Start directory as the template gives it.</summary>
    public string? Directory { get; init; }

    /// <summary>Start directory with variables expanded.</summary>
    public string? ExpandedDirectory { get; init; }

    /// <summary>Version of the agent process.</summary>
    public string? Version { get; init; }

    /// <summary>Seconds after which an agent that never connected counts as timed out; 0 is never.</summary>
    public int ConnectionTimeoutSeconds { get; init; }

    /// <summary>Health as Coder sees it.</summary>
    public WorkspaceAgentHealth? Health { get; init; }

    /// <summary>Applications of the agent.</summary>
    public IReadOnlyList<WorkspaceApp> Apps { get => field ?? []; init => field = WireList.WithoutNulls(value); }
}
