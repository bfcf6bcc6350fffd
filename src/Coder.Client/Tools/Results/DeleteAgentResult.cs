namespace Coder.Client.Tools.Results;

internal sealed record DeleteAgentResult
{
    public required string AgentName { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required IReadOnlyList<string> Actions { get; init; }

    public required string Message { get; init; }
}
