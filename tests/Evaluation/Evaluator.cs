using System.Diagnostics;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Learning;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Ranking;
using Microsoft.Extensions.AI;

namespace Evaluation;

/// <summary>Asks the real search service every query of a set.</summary>
public sealed class Evaluator(IEmbeddingGenerator<string, Embedding<float>>? generator)
{
    private const int Deepest = 10;
    private const int WarmUp = 30;
    private const int Shown = 8;

    // Settings do not reach into the documents, so that a sweep embeds once.
    private readonly SetDocuments _documents = new(generator);

    /// <summary>How much the caller's last calls count.</summary>
    public LearningSettings Learning { get; init; } = new();

    /// <summary>The answers to all queries of a set.</summary>
    public async Task<IReadOnlyList<Answer>> AnswerAsync(
        EvaluationSet set, IReadOnlyList<IReadOnlyList<EvaluationTool>> distractors, SearchSettings settings, bool recent = false, CancellationToken cancellationToken = default)
    {
        (_, ToolSearchService service) = await SetIndex.ServeAsync(await _documents.OfAsync(set, distractors, cancellationToken), settings, generator, cancellationToken);
        foreach (EvaluationQuery query in set.Queries.Take(WarmUp))
        {
            await service.SearchAsync(query.ToQuery(Deepest), cancellationToken);
        }

        List<Answer> answers = new(set.Queries.Count);
        RecentServers servers = new();
        Dictionary<string, string> serverOf = set.Tools.ToDictionary(tool => tool.Id, tool => tool.Server);
        foreach (EvaluationQuery query in recent ? set.Queries.OrderBy(query => HistoryEvaluation.Mix(query.Id)) : set.Queries.AsEnumerable())
        {
            HistoryLeg? leg = recent ? new HistoryLeg(new RequestHistory(Learning).At(DateTimeOffset.UnixEpoch), Learning) { RecentServers = servers.Counts } : null;
            long start = Stopwatch.GetTimestamp();
            ToolSearchResult result = await service.SearchAsync(query.ToQuery(Deepest), leg, collapses: false, cancellationToken);
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            answers.Add(new Answer(query, [.. result.Hits.Select(hit => hit.Tool.Id)], result.Confidence, milliseconds));

            // What was not found is not called.
            foreach (string right in query.Relevant.Where(id => result.Hits.Take(Shown).Any(hit => hit.Tool.Id == id)))
            {
                servers.Add(serverOf[right]);
            }
        }

        return answers;
    }
}
