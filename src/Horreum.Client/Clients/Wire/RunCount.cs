namespace Horreum.Client.Clients.Wire;

/// <summary>How many runs a test has.</summary>
public sealed record RunCount
{
    /// <summary>How many there are.</summary>
    public long Total { get; init; }

    /// <summary>How many are not in the trash.</summary>
    public long Active { get; init; }

    /// <summary>How many are in the trash.</summary>
    public long Trashed { get; init; }
}
