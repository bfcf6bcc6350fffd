namespace Fleet.Metadata.Models;

/// <summary>A collector that could not report all it should when it last ran.</summary>
public sealed record CollectorFault
{
    /// <summary>Name of the collector, such as <c>git</c>.</summary>
    public required string Collector { get; init; }

    /// <summary>What was missing at the last collection and why, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>When the first of the collections that failed one after another ended.</summary>
    public required DateTimeOffset Since { get; init; }
}
