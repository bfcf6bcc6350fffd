namespace Coder.Client.Tools.Results;

internal sealed record HistoryItemView
{
    public required string Message { get; init; }

    public required string? State { get; init; }

    public required string? Uri { get; init; }

    public required bool NeedsUserAttention { get; init; }

    public required DateTime CreatedAt { get; init; }
}
