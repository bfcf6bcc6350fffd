namespace Coder.Client.Models;

/// <summary>An agent and everything that it reported.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Items">The reports, newest first.</param>
public sealed record AgentHistory(Agent Agent, IReadOnlyList<HistoryItem> Items);
