namespace Horreum.Client.Clients.Wire;

/// <summary>Use of a label in a test's fingerprint.</summary>
public sealed record LabelInFingerprint
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>Id of the test.</summary>
    public int? TestId { get; init; }

    /// <summary>Name of the test.</summary>
    public string? TestName { get; init; }
}
