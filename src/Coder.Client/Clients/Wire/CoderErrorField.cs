namespace Coder.Client.Clients.Wire;

internal sealed record CoderErrorField
{
    public string? Field { get; init; }

    public string? Detail { get; init; }
}
