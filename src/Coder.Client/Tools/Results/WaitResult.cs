namespace Coder.Client.Tools.Results;

internal sealed record WaitResult
{
    public required string AgentName { get; init; }

    public required string Status { get; init; }

    public required bool Reached { get; init; }

    public required double ElapsedSeconds { get; init; }

    public required string? Reason { get; init; }

    public required AgentView? Agent { get; init; }
}
