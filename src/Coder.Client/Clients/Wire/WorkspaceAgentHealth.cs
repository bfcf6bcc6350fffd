namespace Coder.Client.Clients.Wire;

/// <summary>Health of a workspace agent.</summary>
public sealed record WorkspaceAgentHealth
{
    /// <summary>Whether the agent is healthy.</summary>
    public bool Healthy { get; init; }

    /// <summary>Why it is not.</summary>
    public string? Reason { get; init; }
}
