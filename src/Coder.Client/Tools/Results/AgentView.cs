namespace Coder.Client.Tools.Results;

internal sealed record AgentView
{
    public required string Name { get; init; }

    public required string Owner { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required string Organization { get; init; }

    public required string Status { get; init; }

    public required string? StatusReason { get; init; }

    public required DateTime? DormantAt { get; init; }

    public required DateTime? DeletingAt { get; init; }

    public required string Role { get; init; }

    public required string Project { get; init; }

    public required string? LastTask { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public required bool Outdated { get; init; }

    public required IReadOnlyDictionary<string, MetadataFieldView>? Metadata { get; init; }

    public required int MetadataCount { get; init; }

    public required string? MetadataError { get; init; }
}
