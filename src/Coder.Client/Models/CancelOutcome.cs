namespace Coder.Client.Models;

/// <summary>What a cancel did.</summary>
/// <param name="AgentName">Name of the agent.</param>
/// <param name="Interrupts">How often the agent was interrupted.</param>
/// <param name="Status">Status at the end: idle when the agent stopped in time, else busy.</param>
public sealed record CancelOutcome(string AgentName, int Interrupts, AgentStatus Status);
