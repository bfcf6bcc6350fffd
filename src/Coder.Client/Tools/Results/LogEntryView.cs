namespace Coder.Client.Tools.Results;

internal sealed record LogEntryView
{
    public required long Id { get; init; }

    public required string Type { get; init; }

    public required string Content { get; init; }

    public required DateTime? Time { get; init; }

    public required bool Truncated { get; init; }
}
