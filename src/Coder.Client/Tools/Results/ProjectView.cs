namespace Coder.Client.Tools.Results;

internal sealed record ProjectView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Template { get; init; }

    public required string Organization { get; init; }

    public required string? Description { get; init; }

    public required string? Deprecated { get; init; }
}
