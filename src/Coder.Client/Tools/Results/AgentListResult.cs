namespace Coder.Client.Tools.Results;

internal sealed record AgentListResult
{
    public required IReadOnlyList<AgentRow> Agents { get; init; }

    public required int TotalCount { get; init; }
}
