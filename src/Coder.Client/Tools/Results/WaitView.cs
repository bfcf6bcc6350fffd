namespace Coder.Client.Tools.Results;

internal sealed record WaitView
{
    public required string Status { get; init; }

    public required bool Reached { get; init; }

    public required double ElapsedSeconds { get; init; }

    public required string? Reason { get; init; }
}
