namespace Coder.Client.Clients.Wire;

internal sealed record WorkspaceRename(string Name);
