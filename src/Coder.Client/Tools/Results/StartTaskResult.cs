namespace Coder.Client.Tools.Results;

internal sealed record StartTaskResult
{
    public required string AgentName { get; init; }

    public required string TaskDescription { get; init; }

    public required TaskView Task { get; init; }

    public required string Message { get; init; }
}
