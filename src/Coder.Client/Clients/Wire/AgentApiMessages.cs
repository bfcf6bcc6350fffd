namespace Coder.Client.Clients.Wire;

internal sealed record AgentApiMessages
{
    public IReadOnlyList<AgentApiMessage> Messages { get => field ?? []; init => field = WireList.WithoutNulls(value); }
}
