namespace Coder.Client.Models;

/// <summary>How a wait ended.</summary>
/// <param name="AgentName">Name of the agent.</param>
/// <param name="Status">Status at the end.</param>
/// <param name="Reached">Whether that is the status that was waited for.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Reason">Why the wait ended early; null when it did not.</param>
/// <param name="Agent">The agent; null when it is deleted.</param>
public sealed record WaitOutcome(string AgentName, AgentStatus Status, bool Reached, TimeSpan Elapsed, string? Reason, Agent? Agent);
