using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Doctor;

/// <summary>Where a tool stood when it was asked for.</summary>
/// <param name="Text">The need that was asked.</param>
/// <param name="Rank">Its place, from 1; null when it was not among the hits looked at.</param>
/// <param name="Score">Its score; 0 without a place.</param>
/// <param name="Hits">The first hits, best first.</param>
internal sealed record ProbeResult(string Text, int? Rank, double Score, IReadOnlyList<ToolHit> Hits);
