using System.Diagnostics;
using System.Globalization;
using System.Text;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Learning;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Ranking;
using Microsoft.Extensions.AI;

namespace Evaluation;

/// <summary>
/// What use teaches: some requests of a set are asked one after the other, and where the right tool is among the hits it is called; the others are then asked
/// with that history and without. Split by wording (half of all requests) and by tool (requests for half of the tools only, so that the other
/// half has no history and must not lose).
/// </summary>
public sealed class HistoryEvaluation(IEmbeddingGenerator<string, Embedding<float>>? generator)
{
    private const int Shown = 8;
    private const int Deepest = 10;
    private const int MostPassedOver = 3;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // The tools of other sets are embedded once for all sets.
    private readonly SetDocuments _documents = new(generator);

    /// <summary>Tools of other sets among which those of the set are asked for; none for the set alone.</summary>
    public IReadOnlyList<IReadOnlyList<EvaluationTool>> Distractors { get; init; } = [];

    /// <summary>What else counts as found; null for the set's own tools alone.</summary>
    public Equivalents? Equivalents { get; init; }

    /// <summary>Lines of a table for one set.</summary>
    public async Task WriteAsync(EvaluationSet set, SearchSettings search, HistoryOptions options, TextWriter output, CancellationToken cancellationToken = default)
    {
        (_, ToolSearchService service) = await ServeAsync(set, search, cancellationToken);

        // By a hash of the id, so that the split is the same each time and follows nothing in the set.
        ILookup<bool, EvaluationQuery> halves = set.Queries.OrderBy(query => Mix(query.Id)).ToLookup(query => (Mix(query.Id) & 1) == 0);
        await WriteAsync(set, service, "by wording", [.. halves[true].Take(options.Most)], [("all", [.. halves[false]])], options, output, cancellationToken);

        HashSet<string> known = [.. set.Tools.Select(tool => tool.Id).Where(id => (Mix(id + "tool") & 1) == 0)];
        EvaluationQuery[] mine = [.. halves[true].Where(query => query.Relevant.All(known.Contains)).Take(options.Most)];
        EvaluationQuery[] with = [.. halves[false].Where(query => query.Relevant.All(known.Contains))];
        EvaluationQuery[] without = [.. set.Queries.Where(query => !query.Relevant.Any(known.Contains))];
        await WriteAsync(set, service, "by tool", mine, [("with history", with), ("without", without)], options, output, cancellationToken);
    }

    /// <summary>How long a search takes, without history and with, by turns so that both meet the same machine.</summary>
    public async Task WriteSpeedAsync(EvaluationSet set, SearchSettings search, int requests, TextWriter output, CancellationToken cancellationToken = default)
    {
        (ToolIndexHolder holder, ToolSearchService service) = await ServeAsync(set, search, cancellationToken);
        LearningSettings settings = new() { MaxRequests = requests, MaxPerCallerAndTool = requests };
        RequestHistory history = new(settings);
        IReadOnlyList<IndexedTool> tools = holder.Current.ListTools();
        Random random = new(1);
        for (int i = 0; i < requests; i++)
        {
            // Two requests in one, so that no two of the past are the same.
            string text = $"{set.Queries[random.Next(set.Queries.Count)].Query} {set.Queries[random.Next(set.Queries.Count)].Query}";
            IndexedTool tool = tools[random.Next(tools.Count)];
            history.Add(new LearnedRequest
            {
                Id = $"{i}",
                At = Now,
                Profile = "",
                Caller = $"{i % 20}",
                Model = "",
                Vector = (await generator!.GenerateAsync([text], cancellationToken: cancellationToken))[0].Vector,
                Outcomes = [new LearnedOutcome(tool.ServerName, tool.Name, DefinitionHashes.Of(tool), LearnedKind.Called)],
            });
        }

        HistoryLeg?[] legs = [null, new HistoryLeg(history.At(Now), settings)];
        List<double>[] times = [[], []];
        for (int round = 0; round < 20; round++)
        {
            foreach (EvaluationQuery query in set.Queries)
            {
                // The second search finds the first one's data in the caches: each is the second as often.
                foreach (int with in (int[])(round % 2 == 0 ? [0, 1] : [1, 0]))
                {
                    long start = Stopwatch.GetTimestamp();
                    await service.SearchAsync(query.ToQuery(Shown), legs[with], collapses: false, cancellationToken);
                    if (round > 1)
                    {
                        times[with].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    }
                }
            }
        }

        times[0].Sort();
        times[1].Sort();
        (double without, double after) = (times[0][times[0].Count / 2], times[1][times[1].Count / 2]);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{set.Name}: {tools.Count} tools, {history.Count} past requests: p50 {without:0.000} ms without, {after:0.000} ms with ({(after / without) - 1:+0 %;-0 %})"));
    }

    private async Task<(ToolIndexHolder Index, ToolSearchService Search)> ServeAsync(EvaluationSet set, SearchSettings settings, CancellationToken cancellationToken) =>
        await SetIndex.ServeAsync(await _documents.OfAsync(set, Distractors, cancellationToken), settings, generator, cancellationToken);

    private async Task WriteAsync(
        EvaluationSet set,
        ToolSearchService service,
        string split,
        IReadOnlyList<EvaluationQuery> past,
        IReadOnlyList<(string Name, IReadOnlyList<EvaluationQuery> Queries)> tests,
        HistoryOptions options,
        TextWriter output,
        CancellationToken cancellationToken)
    {
        LearningSettings settings = options.Settings();
        RequestHistory honest = new(settings);
        await UseAsync(service, past, honest, settings, options.Callers, cancellationToken);
        RequestHistory? attacked = options.Hostile > 0 ? new RequestHistory(settings) : null;
        if (attacked is not null)
        {
            await UseAsync(service, past, attacked, settings, options.Callers, cancellationToken);
            await AttackAsync(service, past, attacked, settings, options, cancellationToken);
        }

        foreach ((string name, IReadOnlyList<EvaluationQuery> queries) in tests.Where(test => test.Queries.Count > 0))
        {
            Score before = await ScoreAsync(service, queries, null, settings, recent: false, cancellationToken);
            Score after = await ScoreAsync(service, queries, honest, settings, options.Recent, cancellationToken);
            Score? poisoned = attacked is null ? null : await ScoreAsync(service, queries, attacked, settings, options.Recent, cancellationToken);
            await output.WriteLineAsync(Line(name, before, after, poisoned), cancellationToken);
            foreach ((int at, Score group) in (before.Groups ?? []).Index())
            {
                await output.WriteLineAsync(Line($"{name}, {group.Name}", group, after.Groups![at], poisoned?.Groups![at]), cancellationToken);
            }
        }

        StringBuilder Line(string name, Score before, Score after, Score? poisoned)
        {
            StringBuilder line = new();
            line.Append(CultureInfo.InvariantCulture, $"| {set.Name} | {split} | {honest.Count} | {name} | {before.Queries} | {Cell(before)} | {Cell(after)} | {after.Recall5 - before.Recall5:+.000;-.000;.000} |");
            return poisoned is null ? line
                : line.Append(CultureInfo.InvariantCulture, $" {attacked!.Count - honest.Count} | {Cell(poisoned)} | {poisoned.Recall5 - after.Recall5:+.000;-.000;.000} |");
        }
    }

    // As it would be: a tool that is not found is not called, and later requests profit from earlier ones.
    private static async Task UseAsync(
        ToolSearchService service, IReadOnlyList<EvaluationQuery> past, RequestHistory history, LearningSettings settings, int callers, CancellationToken cancellationToken)
    {
        foreach ((int i, EvaluationQuery query) in past.Index())
        {
            ToolSearchResult found = await service.SearchAsync(query.ToQuery(Shown), new HistoryLeg(history.At(Now), settings), collapses: false, cancellationToken);
            foreach (string right in query.Relevant)
            {
                Call(history, found, $"honest {i}", $"caller {i % callers}", hit => hit.Tool.Id == right);
            }
        }
    }

    // Hostile callers, as large a share of all as their requests are, ask what others ask and call a wrong tool: one of a tenth of all tools where that is among
    // the hits, so that their votes add up, and else the last hit.
    private static async Task AttackAsync(
        ToolSearchService service, IReadOnlyList<EvaluationQuery> past, RequestHistory history, LearningSettings settings, HistoryOptions options, CancellationToken cancellationToken)
    {
        int attacks = (int)(past.Count * options.Hostile / (1 - options.Hostile));
        int attackers = Math.Max(1, (int)Math.Round(options.Callers * options.Hostile / (1 - options.Hostile)));
        for (int i = 0; i < attacks; i++)
        {
            EvaluationQuery query = past[i % past.Count];
            ToolSearchResult found = await service.SearchAsync(query.ToQuery(Shown), new HistoryLeg(history.At(Now), settings), collapses: false, cancellationToken);
            ToolHit? wanted = found.Hits.FirstOrDefault(hit => Mix(hit.Tool.Id) % 10 == 0 && !query.Relevant.Contains(hit.Tool.Id))
                ?? found.Hits.LastOrDefault(hit => !query.Relevant.Contains(hit.Tool.Id));
            Call(history, found, $"hostile {i}", $"attacker {i % attackers}", hit => hit == wanted);
        }
    }

    private static void Call(RequestHistory history, ToolSearchResult found, string id, string caller, Func<ToolHit, bool> isCalled)
    {
        int at = found.Hits.Index().Where(hit => isCalled(hit.Item)).Select(hit => hit.Index).FirstOrDefault(-1);
        if (at < 0 || found.Vector.IsEmpty)
        {
            return;
        }

        history.Add(new LearnedRequest
        {
            Id = $"{id} {found.Hits[at].Tool.Id}",
            At = Now,
            Profile = "",
            Caller = caller,
            Model = "",
            Vector = found.Vector,
            Outcomes = [Outcome(found.Hits[at], LearnedKind.Called), .. found.Hits.Take(at).Take(MostPassedOver).Select(hit => Outcome(hit, LearnedKind.PassedOver))],
        });
    }

    private static LearnedOutcome Outcome(ToolHit hit, LearnedKind kind) => new(hit.Tool.ServerName, hit.Tool.Name, DefinitionHashes.Of(hit.Tool), kind);

    private async Task<Score> ScoreAsync(
        ToolSearchService service, IReadOnlyList<EvaluationQuery> queries, RequestHistory? history, LearningSettings settings, bool recent, CancellationToken cancellationToken)
    {
        List<Answer> answers = [];
        RecentServers servers = new();
        foreach (EvaluationQuery query in queries)
        {
            HistoryLeg? leg = history is null ? null : new HistoryLeg(history.At(Now), settings) { RecentServers = servers.Counts };
            ToolSearchResult found = await service.SearchAsync(query.ToQuery(Deepest), leg, collapses: false, cancellationToken);
            Answer answer = new(query, [.. found.Hits.Select(hit => hit.Tool.Id)], found.Confidence, 0);
            answers.Add(Equivalents is null ? answer : Equivalents.Apply(answer));
            foreach (ToolHit called in found.Hits.Take(Shown).Where(hit => recent && query.Relevant.Contains(hit.Tool.Id)))
            {
                servers.Add(called.Tool.ServerName);
            }
        }

        return Scorer.Score("", 0, answers);
    }

    private static string Cell(Score score) => string.Create(CultureInfo.InvariantCulture, $"{score.Recall5:.000} ({score.Recall1:.000})");

    /// <summary>A hash that is the same everywhere and follows nothing in the text.</summary>
    internal static uint Mix(string text)
    {
        uint hash = 2_166_136_261;
        foreach (char letter in text)
        {
            hash = (hash ^ letter) * 16_777_619;
        }

        hash ^= hash >> 15;
        hash *= 0x2c1b3c6d;
        return hash ^ (hash >> 13);
    }
}
