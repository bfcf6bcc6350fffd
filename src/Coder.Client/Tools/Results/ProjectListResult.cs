namespace Coder.Client.Tools.Results;

internal sealed record ProjectListResult
{
    public required IReadOnlyList<ProjectView> Projects { get; init; }

    public required int TotalCount { get; init; }
}
