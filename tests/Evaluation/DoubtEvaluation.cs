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
        ToolIndexHolder holder = new(settings);
        holder.Apply(new IndexChange { Upserted = await SetIndex.CreateAsync(set.Tools, generator, "", cancellationToken) });
        await holder.WhenMergedAsync(cancellationToken);
        ToolSearchService service = new(holder, settings, generator);
        Dictionary<string, string> serverOf = set.Tools.ToDictionary(tool => tool.Id, tool => tool.Server);
        string[] servers = [.. serverOf.Values.Distinct().Order(StringComparer.Ordinal)];
        await output.WriteLineAsync("| Set | catalogue | right hits | doubted | needs served | doubted | hopeless needs | said to fit | nonsense | said to fit |");
        await output.WriteLineAsync("|---|---|---|---|---|---|---|---|---|---|");
        HashSet<string>[] small = [.. servers.Chunk(SmallCatalogue).Select(chunk => chunk.ToHashSet())];
        await WriteAsync(set, service, serverOf, $"{SmallCatalogue} servers", [.. small.Select(chunk => (Func<string, bool>)chunk.Contains)], output, cancellationToken);
        await WriteAsync(set, service, serverOf, "all servers", [_ => true], output, cancellationToken);
    }

    private static async Task WriteAsync(
        EvaluationSet set,
        ToolSearchService service,
        Dictionary<string, string> serverOf,
        string name,
        Func<string, bool>[] catalogues,
        TextWriter output,
        CancellationToken cancellationToken)
    {
        List<double> right = [];
        List<double> served = [];
        List<double> hopeless = [];
        List<double> nonsense = [];
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
                    served.Add(result.Confidence);
                    if (result.Hits.Take(Depth).Any(hit => query.Relevant.Contains(hit.Tool.Id)))
                    {
                        right.Add(result.Confidence);
                    }
                }

                if (whole || own.All(next))
                {
                    hopeless.Add((await AskAsync(service, query, server => shows(server) && !own.Contains(server), cancellationToken)).Confidence);
                }
            }

            foreach (string text in NoToolServes)
            {
                nonsense.Add((await AskAsync(service, new EvaluationQuery("", text, null, []), shows, cancellationToken)).Confidence);
            }
        }

        double bar = new DisclosureSettings().NothingFitsBelow;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {set.Name} | {name} | {right.Count} | {Share(right, value => value < bar)} | {served.Count} | {Share(served, value => value < bar)} | {hopeless.Count} | {Share(hopeless, value => value >= bar)} | {nonsense.Count} | {Share(nonsense, value => value >= bar)} |"));
    }

    private static Task<ToolSearchResult> AskAsync(ToolSearchService service, EvaluationQuery query, Func<string, bool> shows, CancellationToken cancellationToken) =>
        service.SearchAsync(new ToolQuery { Description = query.Query, Keywords = query.Keywords, Limit = Depth, Scope = new VisibilityScope { AllowsServer = shows } }, cancellationToken);

    private static string Share(List<double> values, Func<double, bool> test) =>
        values.Count == 0 ? "–" : ((double)values.Count(test) / values.Count).ToString(".000", CultureInfo.InvariantCulture);
}
