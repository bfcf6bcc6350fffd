using System.Globalization;
using System.Text;
using Evaluation;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Tokens;
using McpOptimizer.Core.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks.Disclosure;

/// <summary>What an answer of <c>find_tool</c> costs a model, over all queries of evaluation sets: the text that goes over the wire, by the product's own counter.</summary>
internal sealed class AnswerTokens : IBenchmark
{
    private const int Hits = 8;

    private static readonly (string Name, ToolDetail? Detail, int? Budget)[] Shapes = [("full", ToolDetail.Full, null), ("compact", ToolDetail.Compact, null), ("budget 800", null, 800)];

    /// <inheritdoc/>
    public string Name => "tokens";

    /// <inheritdoc/>
    public string Description => "tokens of an answer with 8 hits, full, compact and with a budget of 800 --set DIR [--set DIR …]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        string[] folders = SetCatalogue.Folders(args);
        if (folders.Length == 0)
        {
            await Console.Error.WriteLineAsync("tokens needs --set DIR: a folder with tools.jsonl and queries.jsonl.");
            return 2;
        }

        Console.WriteLine("| set | tools | tokens of all definitions | queries | answer | median | p95 | worst | saved (median) |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (string folder in folders)
        {
            await MeasureAsync(EvaluationSet.Load(folder), cancellationToken);
        }

        return 0;
    }

    private static async Task MeasureAsync(EvaluationSet set, CancellationToken cancellationToken)
    {
        await using ServiceProvider provider = await SetCatalogue.LoadAsync(set, cancellationToken);
        ITokenCounter counter = provider.GetRequiredService<ITokenCounter>();
        IDiscoveryService discovery = provider.GetRequiredService<IDiscoveryService>();
        foreach ((string shape, ToolDetail? detail, int? budget) in Shapes)
        {
            int[] tokens = new int[set.Queries.Count];
            long baseline = 0;
            await Parallel.ForAsync(0, tokens.Length, cancellationToken, async (i, token) =>
            {
                EvaluationQuery query = set.Queries[i];
                FindRequest request = new()
                {
                    Query = new ToolQuery { Description = query.Query, Keywords = query.Keywords, Limit = Hits },
                    Detail = detail,
                    TokenBudget = budget,
                };
                FindResult found = await discovery.FindAsync(request, CallerIdentity.Anonymous, token);
                tokens[i] = counter.Count(Encoding.UTF8.GetBytes(FindAnswer.Write(found)));
                Interlocked.Exchange(ref baseline, found.Metrics.BaselineTokens);
            });
            Array.Sort(tokens);
            int median = tokens[tokens.Length / 2];
            int p95 = tokens[(int)(0.95 * (tokens.Length - 1))];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {set.Name} | {set.Tools.Count:N0} | {baseline:N0} | {tokens.Length:N0} | {shape} | {median:N0} | {p95:N0} | {tokens[^1]:N0} | {100.0 * (baseline - median) / baseline:0.0} % |"));
        }
    }
}
