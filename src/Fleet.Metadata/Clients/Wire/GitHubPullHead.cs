namespace Fleet.Metadata.Clients.Wire;

internal sealed record GitHubPullHead
{
    public string? Ref { get; init; }
}
