using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Doctor;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Doctor;

/// <summary>Asks for every tool, reads every definition, tries what it suggests.</summary>
internal sealed class DoctorService(ToolIndexes indexes, IVisibilityService visibility, Prober prober, Rewriter rewriter, DefinitionChecks definitions, OptimizerStore store, EnrichedTools? enriched = null)
    : IDoctorService
{
    private const int Findable = 5;
    private const double Alike = 0.8;

    public async Task<DoctorReport> ExamineAsync(CallerIdentity caller, IProgress<DoctorProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ToolIndex index = indexes.Workloads.Current;
        VisibilityScope scope = visibility.ScopeOf(caller);
        ExaminedTool[] tools = [.. index.ListTools(scope).Select(Read)];
        long total = index.CountTokens(scope);
        List<DoctorFinding> findings = [.. tools.SelectMany(tool => definitions.Examine(tool, total))];
        if (await store.ExamineAsync(cancellationToken).ConfigureAwait(false) is { } damage)
        {
            findings.Add(new DoctorFinding { Severity = DoctorSeverity.Error, Code = DoctorCodes.StoreDamaged, Tool = "(store)", Message = damage });
        }

        IReadOnlyList<ExaminedTool[]> alike = LikenessChecks.Group(tools);

        (IndexedTool Tool, string Need)[] needs = [.. tools.Select(tool => (tool.Tool, ProbeText.Of(tool.Tool.Name, tool.Definition.Description)))];
        ProbeResult[] probes = await prober.AskAsync(index, scope, needs, "asking for each tool by its purpose", progress, cancellationToken).ConfigureAwait(false);
        findings.AddRange(await FindabilityAsync(index, scope, tools, probes, alike, progress, cancellationToken).ConfigureAwait(false));
        return new DoctorReport
        {
            Servers = index.ListServers(scope).Count,
            Tools = tools.Length,
            Tokens = total,
            FoundFirst = probes.Count(probe => probe.Rank == 1),
            Enriched = enriched is null ? null : tools.Count(tool => enriched.Find(tool.Tool) is not null),
            FoundAmongFive = probes.Count(probe => probe.Rank <= Findable),
            Findings =
            [
                .. findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Code, StringComparer.Ordinal).ThenBy(finding => finding.Tool, StringComparer.Ordinal),
            ],
        };
    }

    private static ExaminedTool Read(IndexedTool tool)
    {
        ToolDefinition definition = IndexDocuments.ReadDefinition(tool.Name, tool.DefinitionJson);
        return new ExaminedTool(tool, definition, ProbeText.Words(definition.Description ?? ""));
    }

    private async Task<IEnumerable<DoctorFinding>> FindabilityAsync(
        ToolIndex index, VisibilityScope scope, ExaminedTool[] tools, ProbeResult[] probes, IReadOnlyList<ExaminedTool[]> alike, IProgress<DoctorProgress>? progress, CancellationToken cancellationToken)
    {
        Dictionary<IndexedTool, ExaminedTool> known = tools.ToDictionary(tool => tool.Tool);
        Dictionary<IndexedTool, int> groups = alike.Index().SelectMany(group => group.Item, (group, tool) => (tool.Tool, group.Index)).ToDictionary();

        // Tools that stand behind copies of themselves are reported as such, once.
        int[] notFirst = [.. probes.Index().Where(probe => probe.Item.Rank != 1).Select(probe => probe.Index)];
        ILookup<bool, int> behindCopies = notFirst.ToLookup(i => groups.TryGetValue(tools[i].Tool, out int own)
            && probes[i].Hits.TakeWhile(hit => hit.Tool != tools[i].Tool).All(hit => groups.GetValueOrDefault(hit.Tool, -1) == own));
        Dictionary<int, (string Description, ProbeResult Probe)> better = await TryRewritingAsync(index, scope, tools, notFirst, progress, cancellationToken).ConfigureAwait(false);
        ILookup<int, int> behindByGroup = behindCopies[true].ToLookup(i => groups[tools[i].Tool]);
        List<DoctorFinding> findings =
        [
            .. alike.Select((group, at) => LikenessChecks.Describe(
                group, Findable, behindByGroup[at].Count(i => better.TryGetValue(i, out (string Description, ProbeResult Probe) found) && found.Probe.Rank == 1), behindByGroup[at].Count())),
        ];
        HashSet<(IndexedTool, IndexedTool)> pairs = [];
        foreach (int i in behindCopies[false])
        {
            ProbeResult probe = probes[i];
            bool isFindable = probe.Rank <= Findable;
            IndexedTool? first = probe.Hits.Count > 0 ? probe.Hits[0].Tool : null;
            if (isFindable && pairs.Contains((first!, tools[i].Tool)))
            {
                continue;
            }

            if (first is not null)
            {
                pairs.Add((tools[i].Tool, first));
            }

            bool improved = better.TryGetValue(i, out (string Description, ProbeResult Probe) rewritten) && rewritten.Probe.Rank < (probe.Rank ?? int.MaxValue);
            findings.Add(new DoctorFinding
            {
                Severity = isFindable ? DoctorSeverity.Warning : DoctorSeverity.Error,
                Code = isFindable ? DoctorCodes.Confused : DoctorCodes.NotFindable,
                Tool = tools[i].FullName,
                Others = isFindable ? [known[first!].FullName] : [.. probe.Hits.Select(hit => known[hit.Tool].FullName)],
                Message = isFindable ? Confusion(tools[i], known[first!], probe) : Absence(probe, known),
                Suggestion = improved ? $"Describe it as: {rewritten.Description}" : "Say in its first sentence what sets it apart from those before it.",
                Effect = improved ? $"Asked for by the new sentence it is at rank {rewritten.Probe.Rank}." : null,
            });
        }

        return findings;
    }

    // The name's words before the sentence; where that does not do, the server's name too. One index for each, with all the changes in it.
    private async Task<Dictionary<int, (string Description, ProbeResult Probe)>> TryRewritingAsync(
        ToolIndex index, VisibilityScope scope, ExaminedTool[] tools, int[] missed, IProgress<DoctorProgress>? progress, CancellationToken cancellationToken)
    {
        Dictionary<int, (string Description, ProbeResult Probe)> best = [];
        int[] left = missed;
        foreach (bool withServer in new[] { false, true })
        {
            if (left.Length == 0)
            {
                break;
            }

            Dictionary<IndexedTool, string> descriptions = left.ToDictionary(i => tools[i].Tool, i => Rewrite(tools[i], withServer));
            ToolIndex changed = await rewriter.RewriteAsync(index, descriptions, cancellationToken).ConfigureAwait(false);
            (IndexedTool Tool, string Need)[] needs = [.. left.Select(i => (tools[i].Tool, ProbeText.Of(tools[i].Tool.Name, descriptions[tools[i].Tool])))];
            ProbeResult[] probes = await prober.AskAsync(changed, scope, needs, "measuring suggestions", progress, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < left.Length; i++)
            {
                if (probes[i].Rank is { } rank && (!best.TryGetValue(left[i], out (string Description, ProbeResult Probe) before) || rank < before.Probe.Rank))
                {
                    best[left[i]] = (FirstSentence(descriptions[tools[left[i]].Tool], tools[left[i]].Tool.Name), probes[i]);
                }
            }

            left = [.. left.Where(i => !best.TryGetValue(i, out (string Description, ProbeResult Probe) found) || found.Probe.Rank != 1)];
        }

        return best;
    }

    private static string Rewrite(ExaminedTool tool, bool withServer)
    {
        string words = ProbeText.NameInWords(tool.Tool.Name);
        string purpose = withServer ? $"{words} in {ProbeText.NameInWords(tool.Tool.ServerName)}" : words;
        return $"{char.ToUpperInvariant(purpose.FirstOrDefault('?'))}{(purpose.Length > 1 ? purpose[1..] : "")}: {tool.Definition.Description?.Trim()}";
    }

    private static string FirstSentence(string description, string name) => $"\"{DescriptionText.SummaryOf(description, name).Trim()}\"";

    private static string Confusion(ExaminedTool tool, ExaminedTool first, ProbeResult probe)
    {
        double share = LikenessChecks.Share(tool, first);
        string alike = share >= Alike ? string.Create(CultureInfo.InvariantCulture, $" Their descriptions share {100 * share:0} % of their words.") : "";
        double ahead = probe.Hits[0].Score <= 0 ? 0 : (probe.Hits[0].Score - probe.Score) / probe.Hits[0].Score;
        return string.Create(CultureInfo.InvariantCulture, $"Its own purpose brings {first.FullName} first, {100 * ahead:0.0} % ahead; it is at rank {probe.Rank}.{alike}");
    }

    private static string Absence(ProbeResult probe, Dictionary<IndexedTool, ExaminedTool> known)
    {
        string place = probe.Rank is { } rank ? $"at rank {rank}" : "not among the first 50";
        string before = probe.Hits.Count == 0 ? "" : $"; first stands {known[probe.Hits[0].Tool].FullName}";
        string need = probe.Text.Length > 120 ? probe.Text[..120] + "…" : probe.Text;
        return $"Asked for by its own purpose (\"{need.ReplaceLineEndings(" ")}\") it is {place}{before}.";
    }
}
