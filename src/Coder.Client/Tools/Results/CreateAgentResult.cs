namespace Coder.Client.Tools.Results;

internal sealed record CreateAgentResult
{
    public required AgentView Agent { get; init; }

    public required string Message { get; init; }

    public required WaitView? Wait { get; init; }
}
