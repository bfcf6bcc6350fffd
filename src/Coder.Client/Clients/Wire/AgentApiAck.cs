namespace Coder.Client.Clients.Wire;

internal sealed record AgentApiAck
{
    /// <summary>Whether the agent took it; null when it does not say.</summary>
    public bool? Ok { get; init; }
}
