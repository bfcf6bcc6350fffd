namespace Coder.Client.Models;

/// <summary>What a change of an agent's life did.</summary>
/// <param name="Agent">The agent afterwards; after a delete, the agent as it was last seen.</param>
/// <param name="Actions">What was done, in order, as short sentences.</param>
public sealed record LifecycleOutcome(Agent Agent, IReadOnlyList<string> Actions);
