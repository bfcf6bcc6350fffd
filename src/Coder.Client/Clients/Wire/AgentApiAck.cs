namespace Coder.Client.Clients.Wire;

internal sealed record AgentApiAck
{
    public bool Ok { get; init; }
}
