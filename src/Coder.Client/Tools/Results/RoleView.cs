namespace Coder.Client.Tools.Results;

internal sealed record RoleView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required Guid ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required bool Default { get; init; }
}
