namespace Coder.Client.Clients.Wire;

internal sealed record RegionList
{
    public IReadOnlyList<Region> Regions { get => field ?? []; init => field = WireList.WithoutNulls(value); }
}
