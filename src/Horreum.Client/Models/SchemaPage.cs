namespace Horreum.Client.Models;

/// <summary>One page of schemas.</summary>
public sealed record SchemaPage
{
    /// <summary>The items.</summary>
    public IReadOnlyList<SchemaEntry> Schemas { get => field ?? []; init; }

    /// <summary>Where the page stands.</summary>
    public required Pagination Pagination { get; init; }

    /// <summary>The same as the pagination's total count.</summary>
    public long? Count { get; init; }

    /// <summary>What the caller should know about this answer; left out when nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
