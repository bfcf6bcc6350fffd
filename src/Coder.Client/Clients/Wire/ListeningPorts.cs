namespace Coder.Client.Clients.Wire;

internal sealed record ListeningPorts
{
    public IReadOnlyList<ListeningPort> Ports { get => field ?? []; init => field = WireList.WithoutNulls(value); }
}
