using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search;
using Microsoft.Extensions.AI;

namespace Evaluation;

/// <summary>
/// How well the confidence tells needs that a tool serves from hopeless ones: in small catalogues of three servers and in the whole set; hopeless are
/// the needs of servers that are left out, and needs that no tool serves.
/// </summary>
public sealed class DoubtEvaluation(IEmbeddingGenerator<string, Embedding<float>>? generator)
{
    private const int SmallCatalogue = 3;
    private const int Depth = 5;

    private static readonly string[] NoToolServes =
    [
        "what is the meaning of life", "asdf qwer zxcv", "lorem ipsum dolor sit amet", "blah blah blah", "why is the sky blue", "colourless green ideas sleep furiously",
        "who was the second man on the moon", "knock knock", "the quick brown fox jumps over the lazy dog", "do you love me", "flibbertigibbet", "hello there",
        "how many angels dance on the head of a pin", "recite the third law of thermodynamics", "which came first, the hen or the egg",
    ];

    /// <summary>One line per size of the catalogue: the share of right hits that are doubted, and of hopeless needs that are said to fit.</summary>
    public async Task WriteAsync(EvaluationSet set, SearchSettings settings, TextWriter output, CancellationToken cancellationToken = default)
    {
        await output.WriteLineAsync("| Set | catalogue | right hits | doubted | needs served | doubted | hopeless needs | said to fit | nonsense | said to fit |");
        await output.WriteLineAsync("|---|---|---|---|---|---|---|---|---|---|");
        double bar = new DisclosureSettings().NothingFitsBelow;
        foreach ((string name, DoubtSample sample) in await CollectAsync(set, settings, cancellationToken))
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {set.Name} | {name} | {sample.Right.Count} | {Share(sample.Right, value => value < bar)} | {sample.Served.Count} | {Share(sample.Served, value => value < bar)} | {sample.Hopeless.Count} | {Share(sample.Hopeless, value => value >= bar)} | {sample.Nonsense.Count} | {Share(sample.Nonsense, value => value >= bar)} |"));
        }
    }

    /// <summary>The answers to needs of each kind, by size of the catalogue.</summary>
    public async Task<IReadOnlyList<(string Catalogue, DoubtSample Sample)>> CollectAsync(EvaluationSet set, SearchSettings settings, CancellationToken cancellationToken = default)
    {
        ToolIndexHolder holder = new(settings);
        holder.Apply(new IndexChange { Upserted = await SetIndex.CreateAsync(set.Tools, generator, "", cancellationToken) });
        await holder.WhenMergedAsync(cancellationToken);
        ToolSearchService service = new(holder, settings, generator);
        Dictionary<string, string> serverOf = set.Tools.ToDictionary(tool => tool.Id, tool => tool.Server);
        string[] servers = [.. serverOf.Values.Distinct().Order(StringComparer.Ordinal)];
        HashSet<string>[] small = [.. servers.Chunk(SmallCatalogue).Select(chunk => chunk.ToHashSet())];
        return
        [
            ($"{SmallCatalogue} servers", await CollectAsync(set, service, serverOf, [.. small.Select(chunk => (Func<string, bool>)chunk.Contains)], cancellationToken)),
            ("all servers", await CollectAsync(set, service, serverOf, [_ => true], cancellationToken)),
        ];
    }

    private static async Task<DoubtSample> CollectAsync(
        EvaluationSet set, ToolSearchService service, Dictionary<string, string> serverOf, Func<string, bool>[] catalogues, CancellationToken cancellationToken)
    {
        DoubtSample sample = new([], [], [], []);
        bool whole = catalogues.Length == 1;
        for (int i = 0; i < catalogues.Length; i++)
        {
            Func<string, bool> shows = catalogues[i];
            Func<string, bool> next = catalogues[(i + 1) % catalogues.Length];
            foreach (EvaluationQuery query in set.Queries)
            {
                HashSet<string> own = [.. query.Relevant.Select(id => serverOf[id])];
                if (own.All(shows))
                {
                    ToolSearchResult result = await AskAsync(service, query, shows, cancellationToken);
                    sample.Served.Add(result);
                    if (result.Hits.Take(Depth).Any(hit => query.Relevant.Contains(hit.Tool.Id)))
                    {
                        sample.Right.Add(result);
                    }
                }

                if (whole || own.All(next))
                {
                    sample.Hopeless.Add(await AskAsync(service, query, server => shows(server) && !own.Contains(server), cancellationToken));
                }
            }

            foreach (string text in NoToolServes)
            {
                sample.Nonsense.Add(await AskAsync(service, new EvaluationQuery("", text, null, []), shows, cancellationToken));
            }
        }

        return sample;
    }

    private static Task<ToolSearchResult> AskAsync(ToolSearchService service, EvaluationQuery query, Func<string, bool> shows, CancellationToken cancellationToken) =>
        service.SearchAsync(new ToolQuery { Description = query.Query, Keywords = query.Keywords, Limit = Depth, Scope = new VisibilityScope { AllowsServer = shows } }, cancellationToken);

    private static string Share(List<ToolSearchResult> results, Func<double, bool> test) =>
        results.Count == 0 ? "–" : ((double)results.Count(result => test(result.Confidence)) / results.Count).ToString(".000", CultureInfo.InvariantCulture);
}
