namespace Coder.Client.Clients.Wire;

/// <summary>The agent began or ended its work.</summary>
public sealed record AgentApiStatusChange : AgentApiEvent
{
    /// <summary><c>stable</c> or <c>running</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Kind of agent.</summary>
    public string? AgentType { get; init; }
}
