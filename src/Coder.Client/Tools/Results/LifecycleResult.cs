namespace Coder.Client.Tools.Results;

internal sealed record LifecycleResult
{
    public required string AgentName { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required string Status { get; init; }

    public required AgentView Agent { get; init; }

    public required IReadOnlyList<string> Actions { get; init; }

    public required string Message { get; init; }

    public required WaitView? Wait { get; init; }
}
