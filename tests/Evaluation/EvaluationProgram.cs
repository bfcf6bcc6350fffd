using System.Globalization;
using System.Text.Json;
using McpOptimizer.Core;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Evaluation;

/// <summary>The console program.</summary>
public static class EvaluationProgram
{
    private static readonly (string Name, string Kind)[] Encoders = [("words only", "none"), ("built-in encoder", "builtin"), ("with MiniLM", "minilm")];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Runs with command line arguments.</summary>
    /// <returns>0, or 2 after a fault that was told on <paramref name="error"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        try
        {
            EvaluationOptions options = EvaluationOptions.Parse(arguments);
            if (options.Help)
            {
                await output.WriteLineAsync(EvaluationOptions.Usage);
                return 0;
            }

            await RunAsync(options, output, cancellationToken);
            return 0;
        }
        catch (Exception fault) when (fault is FormatException or IOException or HttpRequestException or EmbeddingException or OptionsValidationException)
        {
            await error.WriteLineAsync(fault.Message);
            await error.WriteLineAsync(EvaluationOptions.Usage);
            return 2;
        }
    }

    private static async Task RunAsync(EvaluationOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        List<EvaluationSet> sets = [.. options.Sets.Select(EvaluationSet.Load)];
        List<IReadOnlyList<EvaluationTool>> distractors = [.. options.Distractors.Select(EvaluationSet.LoadTools)];
        using IEmbeddingGenerator<string, Embedding<float>>? generator = Generators.Create(options);
        Evaluator evaluator = new(generator) { Learning = HistoryOptions.Set(options.Learning) };
        Equivalents? equivalents = options.Equivalents is { } file ? Equivalents.Load(file) : null;
        if (options.Ablate || options.SweepName is not null)
        {
            await CompareAsync(options, sets, distractors, evaluator, output, cancellationToken);
            return;
        }

        SearchSettings settings = SettingsPatch.Apply(options.Weights);
        if (options.Encoders)
        {
            await CompareEncodersAsync(options, sets, distractors, settings, output, cancellationToken);
            return;
        }

        if (options.Fit)
        {
            using IEmbeddingGenerator<string, Embedding<float>> other = Generators.CreateOther(options);
            await new ConfidenceFit(other).WriteAsync(sets, Generators.Beside(options), settings, output, cancellationToken);
            return;
        }

        if (options.Doubts)
        {
            foreach (EvaluationSet set in sets)
            {
                await new DoubtEvaluation(generator).WriteAsync(set, settings, output, cancellationToken);
            }

            return;
        }

        if (options.HistorySpeed > 0)
        {
            foreach (EvaluationSet set in sets)
            {
                await new HistoryEvaluation(generator).WriteSpeedAsync(set, settings, options.HistorySpeed, output, cancellationToken);
            }

            return;
        }

        if (options.History)
        {
            HistoryEvaluation history = new(generator) { Distractors = distractors, Equivalents = equivalents };
            await WriteHistoryAsync(options, sets, history, settings, output, cancellationToken);
            return;
        }

        List<Score> scores = [];
        foreach (EvaluationSet set in sets)
        {
            IReadOnlyList<Answer> answers = await evaluator.AnswerAsync(set, distractors, settings, options.Recent, cancellationToken);
            scores.Add(Scorer.Score(set.Name, set.Tools.Count + distractors.Sum(tools => tools.Count), answers));
            if (equivalents is not null)
            {
                scores.Add(Scorer.Score($"{set.Name} or equivalent", set.Tools.Count + distractors.Sum(tools => tools.Count), [.. answers.Select(equivalents.Apply)]));
                answers = [.. answers.Select(equivalents.Apply)];
            }

            await WriteMissesAsync(options.Misses, answers, output);
        }

        await output.WriteLineAsync(options.Json
            ? JsonSerializer.Serialize(new { embedding = options.Embedding, sets = scores }, Indented)
            : Table.Render(scores));
    }

    private static async Task WriteHistoryAsync(
        EvaluationOptions options,
        List<EvaluationSet> sets,
        HistoryEvaluation evaluation,
        SearchSettings settings,
        TextWriter output,
        CancellationToken cancellationToken)
    {
        string hostile = options.Hostile > 0 ? " hostile requests | with them | change |" : "";
        await output.WriteLineAsync($"| Set | split | past requests | tested | requests | without history | with history | change |{hostile}");
        await output.WriteLineAsync($"|---|---|---|---|---|---|---|---|{(options.Hostile > 0 ? "---|---|---|" : "")}");
        HistoryOptions history = new(options.HistorySize, options.HistoryCallers, options.Hostile, options.Learning, options.Recent);
        foreach (EvaluationSet set in sets)
        {
            await evaluation.WriteAsync(set, settings, history, output, cancellationToken);
        }
    }

    private static async Task CompareAsync(
        EvaluationOptions options,
        List<EvaluationSet> sets,
        List<IReadOnlyList<EvaluationTool>> distractors,
        Evaluator evaluator,
        TextWriter output,
        CancellationToken cancellationToken)
    {
        IEnumerable<(string Part, IReadOnlyList<KeyValuePair<string, double>> Changes)> rows = options.SweepName is { } name
            ? options.SweepValues.Select(value =>
                ($"{name}={value.ToString(CultureInfo.InvariantCulture)}", (IReadOnlyList<KeyValuePair<string, double>>)[new(name, value)]))
            : SettingsPatch.Parts;
        bool first = true;
        foreach ((string part, IReadOnlyList<KeyValuePair<string, double>> changes) in rows)
        {
            SearchSettings settings = SettingsPatch.Apply([.. options.Weights, .. changes]);
            List<Score> scores = [];
            foreach (EvaluationSet set in sets)
            {
                scores.Add(Scorer.Score(set.Name, set.Tools.Count, await evaluator.AnswerAsync(set, distractors, settings, options.Recent, cancellationToken)));
            }

            await WriteRowAsync(part, scores, first, output);
            first = false;
        }
    }

    private static async Task CompareEncodersAsync(
        EvaluationOptions options, List<EvaluationSet> sets, List<IReadOnlyList<EvaluationTool>> distractors, SearchSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        bool first = true;
        foreach ((string name, string kind) in Encoders)
        {
            using IEmbeddingGenerator<string, Embedding<float>>? generator = Generators.Create(kind, options);
            Evaluator evaluator = new(generator);
            List<Score> scores = [];
            foreach (EvaluationSet set in sets)
            {
                scores.Add(Scorer.Score(set.Name, set.Tools.Count, await evaluator.AnswerAsync(set, distractors, settings, cancellationToken: cancellationToken)));
            }

            await WriteRowAsync(name, scores, first, output);
            first = false;
        }
    }

    private static async Task WriteRowAsync(string name, List<Score> scores, bool first, TextWriter output)
    {
        List<Score> columns = [.. scores.SelectMany(score => score.Groups ?? [score], (score, column) => column with { Name = $"{score.Name}/{column.Name}" })];
        if (first)
        {
            await output.WriteLineAsync($"| recall@5 (recall@1) | {string.Join(" | ", columns.Select(column => ColumnName(column.Name)))} | mean |");
            await output.WriteLineAsync($"|---|{string.Concat(Enumerable.Repeat("---|", columns.Count + 1))}");
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {string.Join(" | ", columns.Select(Cell))} | {columns.Average(column => column.Recall5):0.0000} ({columns.Average(column => column.Recall1):0.0000}) |"));
    }

    private static string Cell(Score score) => string.Create(CultureInfo.InvariantCulture, $"{score.Recall5:.000} ({score.Recall1:.000})");

    private static string ColumnName(string name)
    {
        string[] parts = name.Split('/');
        return parts[0] == parts[1] ? parts[0] : name;
    }

    private static async Task WriteMissesAsync(int depth, IReadOnlyList<Answer> answers, TextWriter output)
    {
        foreach (Answer answer in answers.Where(answer => depth > 0 && !answer.Query.Relevant.All(answer.Found.Take(depth).Contains)))
        {
            await output.WriteLineAsync($"{answer.Query.Id}: {answer.Query.Query}");
            await output.WriteLineAsync($"    wanted {string.Join(", ", answer.Query.Relevant)}");
            await output.WriteLineAsync($"    found  {string.Join(", ", answer.Found.Take(depth))}");
        }
    }
}
