namespace Coder.Client.Clients.Wire;

internal sealed record WorkspaceDormancy(bool Dormant);
