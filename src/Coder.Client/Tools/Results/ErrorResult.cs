namespace Coder.Client.Tools.Results;

internal sealed record ErrorResult
{
    public required ErrorBody Error { get; init; }
}
