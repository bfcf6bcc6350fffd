namespace McpOptimizer.Core.Models;

/// <summary>What one ingestion did.</summary>
public sealed record IngestionReport
{
    /// <summary>Servers (or registry entries) seen.</summary>
    public int Seen { get; init; }

    /// <summary>New or changed rows.</summary>
    public int Changed { get; init; }

    /// <summary>Deleted rows.</summary>
    public int Deleted { get; init; }

    /// <summary>Texts that were embedded.</summary>
    public int Embedded { get; init; }

    /// <summary>What did not work, one sentence each; everything it concerns was left as it was.</summary>
    public IReadOnlyList<string> Problems { get => field ?? []; init; }

    /// <summary>What a re-match changed, one sentence each; other looks do not fill it.</summary>
    public IReadOnlyList<string> Changes { get => field ?? []; init; }

    /// <summary>Both reports as one.</summary>
    public IngestionReport Add(IngestionReport other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new IngestionReport
        {
            Seen = Seen + other.Seen,
            Changed = Changed + other.Changed,
            Deleted = Deleted + other.Deleted,
            Embedded = Embedded + other.Embedded,
            Problems = [.. Problems, .. other.Problems],
            Changes = [.. Changes, .. other.Changes],
        };
    }
}
