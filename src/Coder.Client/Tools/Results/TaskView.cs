namespace Coder.Client.Tools.Results;

internal sealed record TaskView
{
    public required string Message { get; init; }

    public required DateTime CreatedAt { get; init; }
}
