namespace Coder.Client.Clients.Wire;

/// <summary>What AgentAPI says about its agent.</summary>
public sealed record AgentApiStatus
{
    /// <summary><c>stable</c> (waits for input) or <c>running</c> (works, or still starts).</summary>
    public string? Status { get; init; }

    /// <summary>Kind of agent, for example <c>claude</c>.</summary>
    public string? AgentType { get; init; }

    /// <summary><c>pty</c> or <c>acp</c>; null before AgentAPI 0.12.</summary>
    public string? Transport { get; init; }
}
