using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Doctor;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Search;

namespace McpOptimizer.Core.Services.Doctor;

/// <summary>Asks for tools by their purpose, many at a time.</summary>
internal sealed class Prober(SearchServices search)
{
    private const int Depth = 50;
    private const int MostHitsKept = 5;
    private const int ReportEvery = 100;

    /// <summary>The place of each tool for its own need.</summary>
    public async Task<ProbeResult[]> AskAsync(
        ToolIndex index, VisibilityScope scope, IReadOnlyList<(IndexedTool Tool, string Need)> probes, string step, IProgress<DoctorProgress>? progress, CancellationToken cancellationToken)
    {
        ProbeResult[] results = new ProbeResult[probes.Count];
        int done = 0;
        ParallelOptions bounds = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, probes.Count, bounds, async (i, token) =>
        {
            (IndexedTool tool, string need) = probes[i];
            ToolSearchResult found = await search.Workloads.RankAsync(index, new ToolQuery { Description = need, Scope = scope }, Depth, cancellationToken: token).ConfigureAwait(false);
            int at = found.Hits.Index().Where(hit => hit.Item.Tool.Id == tool.Id && hit.Item.Tool.ServerId == tool.ServerId).Select(hit => hit.Index).FirstOrDefault(-1);
            results[i] = new ProbeResult(need, at < 0 ? null : at + 1, at < 0 ? 0 : found.Hits[at].Score, [.. found.Hits.Take(MostHitsKept)]);
            int now = Interlocked.Increment(ref done);
            if (now % ReportEvery == 0 || now == probes.Count)
            {
                progress?.Report(new DoctorProgress(step, now, probes.Count));
            }
        }).ConfigureAwait(false);
        return results;
    }
}
