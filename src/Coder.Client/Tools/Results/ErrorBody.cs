namespace Coder.Client.Tools.Results;

internal sealed record ErrorBody
{
    public required string Code { get; init; }

    public required string Message { get; init; }

    public required IReadOnlyDictionary<string, string> Details { get; init; }
}
