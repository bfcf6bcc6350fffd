namespace Coder.Client.Clients.Wire;

internal sealed record AgentApiMessageRequest(string Content, string Type);
