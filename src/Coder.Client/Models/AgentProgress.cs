namespace Coder.Client.Models;

/// <summary>How far an operation has come.</summary>
/// <param name="Status">Status of the agent now.</param>
/// <param name="Message">What is waited for.</param>
/// <param name="Elapsed">Time since the operation began.</param>
/// <param name="Limit">Longest time that the operation takes; null when it has no limit.</param>
public sealed record AgentProgress(AgentStatus Status, string Message, TimeSpan Elapsed, TimeSpan? Limit);
