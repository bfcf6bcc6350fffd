namespace Coder.Client.Tools.Results;

internal sealed record HistoryResult
{
    public required string AgentName { get; init; }

    public required IReadOnlyList<HistoryItemView> Tasks { get; init; }

    public required int TotalCount { get; init; }

    public required int Page { get; init; }

    public required int PageSize { get; init; }

    public required bool HasNextPage { get; init; }

    public required bool HasPreviousPage { get; init; }
}
