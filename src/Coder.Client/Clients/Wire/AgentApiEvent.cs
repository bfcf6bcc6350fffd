namespace Coder.Client.Clients.Wire;

/// <summary>Something that AgentAPI reports while it happens.</summary>
public abstract record AgentApiEvent;
