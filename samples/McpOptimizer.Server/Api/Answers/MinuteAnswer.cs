namespace McpOptimizer.Server.Api.Answers;

/// <summary>One minute.</summary>
/// <param name="At">When it began.</param>
/// <param name="Searches">Searches in it.</param>
/// <param name="Calls">Calls in it.</param>
/// <param name="FailedCalls">Those that failed.</param>
internal sealed record MinuteAnswer(DateTimeOffset At, int Searches, int Calls, int FailedCalls);
