using McpOptimizer.Core.Models.Sources;

namespace McpOptimizer.Core.Services.Ingestion.Look;

/// <summary>What one source answered.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Listing">What it lists; null when it could not say.</param>
/// <param name="Error">Why not.</param>
internal sealed record SourceAnswer(string Source, WorkloadListing? Listing, string? Error)
{
    /// <summary>Whether a workload that it does not list is gone for certain.</summary>
    public bool IsCertain => Listing is { IsComplete: true } && (Listing.Workloads.Count > 0 || Listing.EmptyIsCertain);
}
