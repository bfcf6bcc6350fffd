namespace Coder.Client.Clients.Wire;

/// <summary>Health of a workspace.</summary>
public sealed record WorkspaceHealth
{
    /// <summary>Whether every workspace agent is healthy.</summary>
    public bool Healthy { get; init; }

    /// <summary>Ids of the workspace agents that are not.</summary>
    public IReadOnlyList<Guid> FailingAgents { get => field ?? []; init; }
}
