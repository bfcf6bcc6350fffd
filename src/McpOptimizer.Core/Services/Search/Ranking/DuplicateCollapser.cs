using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Definitions;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>
/// One place for one tool: where several servers list the very same definition, as instances and mirrors of one server do, the best ranked one stands for all
/// and says on which servers it is too. Whatever differs, be it a word of the description, keeps a place of its own.
/// </summary>
internal static class DuplicateCollapser
{
    /// <summary>The best hits of different definitions.</summary>
    /// <param name="hits">Best first, more than are wanted: what is collapsed makes room for others.</param>
    /// <param name="limit">Most hits to return.</param>
    public static IReadOnlyList<ToolHit> Collapse(IReadOnlyList<ToolHit> hits, int limit)
    {
        List<ToolHit> kept = [];
        Dictionary<(string Name, string Hash), (int At, List<string> Servers)> known = [];
        foreach (ToolHit hit in hits)
        {
            (string, string) key = (hit.Tool.Name, DefinitionHashes.Of(hit.Tool));
            if (known.TryGetValue(key, out (int At, List<string> Servers) first))
            {
                if (kept[first.At].Tool.ServerName != hit.Tool.ServerName)
                {
                    first.Servers.Add(hit.Tool.ServerName);
                }
            }
            else if (kept.Count < limit)
            {
                known[key] = (kept.Count, []);
                kept.Add(hit);
            }
        }

        foreach ((int at, List<string> servers) in known.Values.Where(place => place.Servers.Count > 0))
        {
            kept[at] = kept[at] with { AlsoOn = [.. servers.Distinct(StringComparer.Ordinal)] };
        }

        return kept;
    }
}
