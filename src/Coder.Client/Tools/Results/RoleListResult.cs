namespace Coder.Client.Tools.Results;

internal sealed record RoleListResult
{
    public required IReadOnlyList<RoleView> Roles { get; init; }

    public required string Project { get; init; }

    public required string ProjectName { get; init; }

    public required int TotalCount { get; init; }
}
