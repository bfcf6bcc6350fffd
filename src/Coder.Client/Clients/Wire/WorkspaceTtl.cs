namespace Coder.Client.Clients.Wire;

internal sealed record WorkspaceTtl(long? TtlMs);
