using System.Text.Json;
using Evaluation;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Embeddings;
using Microsoft.Extensions.AI;
using Shared.Conventions;

namespace McpOptimizer.Core.Tests.Search;

/// <summary>Guards the ranking on the project's own set. Floors are a little below what was measured when they were set; the search is deterministic, so they do not flicker.</summary>
public sealed class EvaluationTests
{
    private static readonly string Household = Path.Combine(SourceConvention.RepositoryRoot(), "tests", "Evaluation", "Sets", "household");

    [Fact]
    public void Household_Set_IsLargeEnoughAndSound()
    {
        EvaluationSet set = EvaluationSet.Load(Household);

        set.Tools.Count.Should().BeGreaterThanOrEqualTo(150);
        set.Queries.Count.Should().BeGreaterThanOrEqualTo(300);
        set.Queries.Should().OnlyHaveUniqueItems(query => query.Id).And.OnlyHaveUniqueItems(query => query.Query);
        set.Queries.Count(query => query.Id.EndsWith("-para", StringComparison.Ordinal)).Should().Be(set.Queries.Count / 2);
        set.Queries.SelectMany(query => query.Relevant).Except(set.Tools.Select(tool => tool.Id)).Should().BeEmpty();
    }

    [Fact]
    public async Task Search_HouseholdByWordsAlone_KeepsItsRecall()
    {
        Score score = await ScoreAsync(null);

        Group(score, "plain").Recall5.Should().BeGreaterThanOrEqualTo(0.99);
        Group(score, "plain").Recall1.Should().BeGreaterThanOrEqualTo(0.97);
        Group(score, "para").Recall5.Should().BeGreaterThanOrEqualTo(WordsParaphraseFloor);
    }

    [Fact]
    public async Task Search_HouseholdWithBuiltInEncoder_KeepsItsRecall()
    {
        using BuiltInEmbeddingGenerator generator = new();

        Score score = await ScoreAsync(generator);

        Group(score, "plain").Recall5.Should().BeGreaterThanOrEqualTo(0.99);
        Group(score, "plain").Recall1.Should().BeGreaterThanOrEqualTo(0.97);
        Group(score, "para").Recall5.Should().BeGreaterThanOrEqualTo(HybridParaphraseFloor);
    }

    [Fact]
    public async Task Search_SameQueriesTwice_GivesTheSameAnswers()
    {
        using BuiltInEmbeddingGenerator generator = new();
        EvaluationSet set = EvaluationSet.Load(Household);

        IReadOnlyList<Answer> first = await new Evaluator(generator).AnswerAsync(set, [], new SearchSettings());
        IReadOnlyList<Answer> second = await new Evaluator(generator).AnswerAsync(set, [], new SearchSettings());

        second.SelectMany(answer => answer.Found).Should().Equal(first.SelectMany(answer => answer.Found));
        second.Select(answer => answer.Confidence).Should().Equal(first.Select(answer => answer.Confidence));
    }

    [Fact]
    public async Task Program_Json_HasTheNamesOthersRead()
    {
        using StringWriter output = new();

        int code = await EvaluationProgram.RunAsync(["--set", Household, "--embedding", "none", "--json"], output, TextWriter.Null);

        code.Should().Be(0);
        using JsonDocument json = JsonDocument.Parse(output.ToString());
        JsonElement set = json.RootElement.GetProperty("sets")[0];
        set.GetProperty("name").GetString().Should().Be("household");
        foreach (string name in (string[])["recall@1", "recall@3", "recall@5", "recall@8", "recall@10", "mrr", "ndcg@5", "p50Ms", "p95Ms", "tools", "queries"])
        {
            set.GetProperty(name).ValueKind.Should().Be(JsonValueKind.Number);
            set.GetProperty("groups")[0].GetProperty(name).ValueKind.Should().Be(JsonValueKind.Number);
        }

        set.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("name").GetString()).Should().Equal("para", "plain");
    }

    [Theory]
    [InlineData("--set is missing.")]
    [InlineData("--bogus is not an option.", "--bogus")]
    [InlineData("--set needs a value.", "--set")]
    [InlineData("builtin, none, minilm or http", "--embedding", "psychic")]
    [InlineData("needs --endpoint", "--set", "x", "--embedding", "http")]
    [InlineData("no-such-folder", "--set", "no-such-folder", "--embedding", "none")]
    public async Task Program_BadArguments_SaysWhatIsWrong(string message, params string[] arguments)
    {
        using StringWriter error = new();

        int code = await EvaluationProgram.RunAsync(arguments, TextWriter.Null, error);

        code.Should().Be(2);
        error.ToString().Should().Contain(message).And.Contain("usage:");
    }

    private const double WordsParaphraseFloor = 0.10;

    private const double HybridParaphraseFloor = 0.45;

    private static async Task<Score> ScoreAsync(IEmbeddingGenerator<string, Embedding<float>>? generator)
    {
        EvaluationSet set = EvaluationSet.Load(Household);
        return Scorer.Score(set.Name, set.Tools.Count, await new Evaluator(generator).AnswerAsync(set, [], new SearchSettings()));
    }

    private static Score Group(Score score, string name) => score.Groups!.Single(group => group.Name == name);
}
