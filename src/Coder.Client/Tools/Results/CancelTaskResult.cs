namespace Coder.Client.Tools.Results;

internal sealed record CancelTaskResult
{
    public required string AgentName { get; init; }

    public required bool InterruptSent { get; init; }

    public required int Interrupts { get; init; }

    public required string Status { get; init; }

    public required string Message { get; init; }
}
