namespace Fleet.Metadata.Clients.Forge;

/// <summary>What a forge said, with the items that were asked for.</summary>
internal sealed record ForgeReply<T> : ForgeReply
{
    /// <summary>Set when answered.</summary>
    public IReadOnlyList<T> Items { get => field ?? []; init; }
}
