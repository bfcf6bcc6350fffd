namespace Shared.Horreum;

/// <summary>A run that the fake keeps; it has one dataset, whose id is 1000 higher.</summary>
public sealed record FakeRun(int Id, int TestId, long Start, long Stop, string SchemaUri, bool Trashed)
{
    /// <summary>The data, JSON.</summary>
    public string Data { get; init; } = "{\"value\":1}";

    /// <summary>The metadata, JSON; null for none.</summary>
    public string? Metadata { get; init; }

    /// <summary>Id of its dataset.</summary>
    public int DatasetId => Id + 1000;

    /// <summary>Whether its start is missing, as after an upload that went wrong.</summary>
    public bool WithoutStart { get; init; }
}
