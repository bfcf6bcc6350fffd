namespace Coder.Client.Clients.Wire;

internal sealed record WorkspaceDeadline(DateTimeOffset Deadline);
