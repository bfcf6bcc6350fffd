namespace Coder.Client.Clients.Wire;

/// <summary>What the metadata application of a workspace answers, in either of its two shapes.</summary>
internal sealed record MetadataResponse
{
    public IReadOnlyDictionary<string, MetadataEntry?>? Data { get; init; }
}
