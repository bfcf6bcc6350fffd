namespace Coder.Client.Tools.Results;

internal sealed record AgentResult
{
    public required AgentView Agent { get; init; }
}
