using System.Text.Json;

namespace Coder.Client.Tools.Results;

internal sealed record AgentRow
{
    public required string Name { get; init; }

    public required string Owner { get; init; }

    public required string Organization { get; init; }

    public required string Status { get; init; }

    public required string? StatusReason { get; init; }

    public required DateTime? DeletingAt { get; init; }

    public required string Role { get; init; }

    public required string Project { get; init; }

    public required string? LastTask { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required IReadOnlyDictionary<string, JsonElement?>? Metadata { get; init; }

    public required int MetadataCount { get; init; }

    public required string? MetadataError { get; init; }
}
