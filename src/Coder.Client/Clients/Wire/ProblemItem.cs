namespace Coder.Client.Clients.Wire;

internal sealed record ProblemItem
{
    public string? Message { get; init; }

    public string? Location { get; init; }
}
