namespace Coder.Client.Models;

/// <summary>An agent with its metadata.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Metadata">Its metadata; null when it was not asked for.</param>
public sealed record AgentDetails(Agent Agent, AgentMetadata? Metadata);
