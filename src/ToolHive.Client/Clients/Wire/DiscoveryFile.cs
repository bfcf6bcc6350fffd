namespace ToolHive.Client.Clients.Wire;

/// <summary>What <c>thv serve</c> writes about itself.</summary>
internal sealed record DiscoveryFile
{
    public string? Url { get; init; }

    public string? Nonce { get; init; }

    public int? Pid { get; init; }

    public string? StartedAt { get; init; }

    // The nonce proves who answers: it stays out of logs.
    public override string ToString() => $"{Url} (pid {Pid})";
}
