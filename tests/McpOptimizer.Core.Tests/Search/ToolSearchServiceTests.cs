using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search;
using Microsoft.Extensions.AI;
using static McpOptimizer.Core.Tests.Search.Catalogue;

namespace McpOptimizer.Core.Tests.Search;

public sealed class ToolSearchServiceTests
{
    private readonly ToolIndexHolder _holder = new();

    [Fact]
    public async Task SearchAsync_WordsOfTheName_RanksThatToolFirst()
    {
        _holder.Apply(Upsert(
            Server("github", Tool("create_issue", "Create a new issue in a repository."), Tool("list_issues", "List issues of a repository."), Tool("merge_pull_request")),
            Server("files", Tool("read_text_file", "Read the complete contents of a file.", schema: """{"type":"object","properties":{"path":{"type":"string"}}}"""))));

        (await FindAsync("create issue")).Should().StartWith("github/create_issue");
        (await FindAsync("please read me a file")).Should().StartWith("files/read_text_file");
        (await FindAsync("createIssue")).Should().StartWith("github/create_issue");
        (await FindAsync("CREATE-ISSUES!")).Should().StartWith("github/create_issue");
    }

    [Fact]
    public async Task SearchAsync_HyphenatedWordThatToolsWriteAsOne_MeansTheWhole()
    {
        _holder.Apply(Upsert(Server(
            "ci",
            Tool("get_workflow_run", "Get a workflow run."),
            Tool("list_workflow_runs", "List the runs of a workflow."),
            Tool("cancel_workflow_run", "Cancel a workflow run."),
            Tool("rerun_workflow", "Start a workflow once more."))));

        (await FindAsync("re-run a workflow run")).Should().StartWith("ci/rerun_workflow");
    }

    [Theory]
    [InlineData("find the papers by an author of physics", "find_papers_by_author")]
    [InlineData("find the papers of an author of physics", "find_papers_by_author")]
    [InlineData("find papers of physics", "search_papers")]
    public async Task SearchAsync_WholeNameIsSaid_MeaningPutsNoneBeforeIt(string need, string first)
    {
        using FixedEmbedder generator = new(_ => [1, 0, 0, 0]);
        _holder.Apply(Upsert(Server(
            "physics",
            [
                Tool("find_papers_by_author", "By whom they are.", vector: [0, 1, 0, 0]),
                Tool("search_papers", "Look for papers.", vector: [1, 0, 0, 0]),
                .. Enumerable.Range(0, 60).Select(i => Tool($"count_stars_{i}", "Count the stars.", vector: [0, 0, 1, 0])),
            ])));
        SearchSettings settings = new() { SemanticWeight = 1 };

        ToolSearchResult result = await new ToolSearchService(_holder, settings, generator).SearchAsync(new ToolQuery { Description = need });

        result.Hits[0].Tool.Name.Should().Be(first);
        settings.VerbatimCoverage = 2;
        (await new ToolSearchService(_holder, settings, generator).SearchAsync(new ToolQuery { Description = need })).Hits[0].Tool.Name.Should().Be("search_papers", "meaning alone says so");
    }

    [Theory]
    [InlineData("path_of_folder")]
    [InlineData("wombat")]
    [InlineData("Grüße")]
    [InlineData("grusse")]
    [InlineData("天気")]
    [InlineData("погода")]
    [InlineData("quokka")]
    public async Task SearchAsync_WordOfAnyField_FindsTheTool(string query)
    {
        const string schema = """{"type":"object","properties":{"pathOfFolder":{"type":"string","description":"a quokka"}}}""";
        _holder.Apply(Upsert(
            Server("one", Tool("alpha", "Nothing. Wombat Grüße 天気予報 Погода", schema: schema)),
            Server("two", Tool("beta", "Something else entirely."))));

        (await FindAsync(query)).Should().Equal("one/alpha");
    }

    [Theory]
    [InlineData("issue")]
    [InlineData("\"issue\"")]
    [InlineData("issue OR")]
    [InlineData("issue AND NOT")]
    [InlineData("issue*")]
    [InlineData("NEAR(issue)")]
    [InlineData("name:issue")]
    [InlineData("(issue")]
    [InlineData("issue'; DROP TABLE tools; --")]
    [InlineData("issue \u0000 \uD800")]
    [InlineData("issue 🚀")]
    [InlineData("^issue~2")]
    public async Task SearchAsync_OperatorsAndQuotes_AreHarmless(string query)
    {
        _holder.Apply(Upsert(Server("github", Tool("create_issue"), Tool("fork_repository"))));

        (await FindAsync(query)).Should().StartWith("github/create_issue");
    }

    [Theory]
    [InlineData("name")]
    [InlineData("query table data")]
    [InlineData("description schema input output")]
    [InlineData("server tool id key index column")]
    public async Task SearchAsync_WordsThatOthersReserve_AreWords(string query)
    {
        _holder.Apply(Upsert(Server("db", Tool("describe_table", "The name, id, key, index, column, schema, input, output, description of a table; query data on the server tool."))));

        (await FindAsync(query)).Should().Equal("db/describe_table");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("?!…")]
    public async Task SearchAsync_NothingToSearchFor_FindsNothing(string query)
    {
        _holder.Apply(Upsert(Server("a", Tool("one", tokens: 7))));

        ToolSearchResult result = await SearchAsync(new ToolQuery { Description = query });

        result.Hits.Should().BeEmpty();
        result.Metrics.Should().Be(new TokenMetrics(7, 0));
    }

    [Fact]
    public async Task SearchAsync_HugeQueries_AreBounded()
    {
        _holder.Apply(Upsert([.. Enumerable.Range(0, 20).Select(i => Catalogue.Random(i, 50))]));
        string words = string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"create{i} invoice"));

        (await FindAsync(words)).Should().HaveCount(8);
        (await FindAsync("create invoice " + new string('a', 100_000))).Should().HaveCount(8);
        (await FindAsync(string.Concat(Enumerable.Repeat("invoice and then create ", 5_000)))).Should().HaveCount(8);
        (await FindAsync("invoice " + new string('"', 100_000))).Should().HaveCount(8);
        (await FindAsync("invoice " + string.Concat(Enumerable.Repeat("天", 100_000)))).Should().HaveCount(8);
    }

    [Fact]
    public async Task SearchAsync_RandomText_NeverThrows()
    {
        _holder.Apply(Upsert([.. Enumerable.Range(0, 5).Select(i => Catalogue.Random(i, 20))]));
        Random random = new(5);
        for (int i = 0; i < 500; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next(i % 2 == 0 ? 128 : char.MaxValue))]);
            ToolSearchResult result = await SearchAsync(new ToolQuery { Description = text, Keywords = i % 3 == 0 ? text : null, Explain = true });
            result.Hits.Should().HaveCountLessThanOrEqualTo(8);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public async Task SearchAsync_LimitOutOfRange_SaysWhatIsLegal(int limit)
    {
        Func<Task> search = () => SearchAsync(new ToolQuery { Description = "x", Limit = limit });

        (await search.Should().ThrowAsync<ArgumentOutOfRangeException>()).WithMessage($"*{limit}*1 to 50*");
    }

    [Fact]
    public async Task SearchAsync_Limit_IsFilledAndKept()
    {
        _holder.Apply(Upsert(Catalogue.Random(1, 100)));

        (await FindAsync("create invoice", limit: 3)).Should().HaveCount(3);
        (await FindAsync("create invoice", limit: 50)).Should().HaveCountGreaterThan(10);
    }

    [Fact]
    public async Task SearchAsync_FewLexicalMatches_AreFilledUpBySimilarOnes()
    {
        _holder.Apply(Upsert(Server("a", [.. Enumerable.Range(0, 20).Select(i => Tool($"thing{i}", "other words", vector: [1, i * 0.1f])), Tool("needle", "the needle", vector: [0.2f, 1])])));
        using FixedEmbedder embedder = new(_ => [1, 0]);

        IReadOnlyList<string> found = await FindAsync("needle", generator: embedder);

        found.Should().HaveCount(8).And.Contain("a/needle").And.Contain("a/thing0");
    }

    [Fact]
    public async Task SearchAsync_MeaningAlone_FindsWhatNoWordFinds()
    {
        _holder.Apply(Upsert(Server("a", [.. Enumerable.Range(0, 30).Select(i => Tool($"thing{i}", vector: [1, 0, i * 0.01f])), Tool("weather", vector: [0, 1, 0])])));
        using FixedEmbedder embedder = new(_ => [0, 1, 0]);

        (await FindAsync("do I need an umbrella", generator: embedder)).Should().StartWith("a/weather");
        (await FindAsync("do I need an umbrella")).Should().BeEmpty();
    }

    [Fact]
    public async Task SearchAsync_ToolsWithoutVector_AreStillFoundByWords()
    {
        _holder.Apply(Upsert(
            Server("a", [.. Enumerable.Range(0, 30).Select(i => Tool($"thing{i}", vector: [1, 0, i * 0.01f]))]),
            Server("pending", Tool("convert_currency", "Convert an amount between currencies.")),
            Server("wider", Tool("convert_units", "Convert units.", vector: [1, 0, 0, 0]))));
        using FixedEmbedder embedder = new(_ => [0, 1, 0]);

        IReadOnlyList<string> found = await FindAsync("convert an amount between currencies", generator: embedder);

        found[0].Should().Be("pending/convert_currency");
        found.Should().Contain("wider/convert_units");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(0f)]
    public async Task SearchAsync_UselessVectors_LeaveTheWords(float value)
    {
        _holder.Apply(Upsert(Server("a", Tool("alpha", vector: [value, value]), Tool("beta", vector: [1, 0]))));
        using FixedEmbedder good = new(_ => [1, 0]);
        using FixedEmbedder bad = new(_ => [value, value]);

        (await FindAsync("alpha", generator: good)).Should().StartWith("a/alpha");
        (await FindAsync("alpha", generator: bad)).Should().StartWith("a/alpha");
    }

    [Fact]
    public async Task SearchAsync_GeneratorFails_GoesByWords()
    {
        _holder.Apply(Upsert(Server("a", Tool("alpha", vector: [1, 0]))));
        using FixedEmbedder embedder = new(_ => throw new HttpRequestException("down"));

        (await FindAsync("alpha", generator: embedder)).Should().Equal("a/alpha");
    }

    [Fact]
    public async Task SearchAsync_GeneratorNeverAnswers_GoesByWords()
    {
        _holder.Apply(Upsert(Server("a", Tool("alpha", vector: [1, 0]))));
        using SilentEmbedder embedder = new();
        ToolSearchService service = new(_holder, new SearchSettings { EmbeddingTimeoutMilliseconds = 10 }, embedder);

        (await service.SearchAsync(new ToolQuery { Description = "alpha" })).Hits.Should().ContainSingle();
    }

    [Fact]
    public async Task SearchAsync_Cancelled_Stops()
    {
        _holder.Apply(Upsert(Server("a", Tool("alpha", vector: [1, 0]))));
        using CancellationTokenSource stop = new();
        using FixedEmbedder embedder = new(_ =>
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        });
        ToolSearchService service = new(_holder, generator: embedder);

        Func<Task> search = () => service.SearchAsync(new ToolQuery { Description = "alpha" }, stop.Token);

        await search.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task SearchAsync_SemanticWeightZero_NeverAsksTheGenerator()
    {
        _holder.Apply(Upsert(Server("a", Tool("alpha", vector: [1, 0]))));
        using FixedEmbedder embedder = new(_ => [1, 0]);
        ToolSearchService service = new(_holder, new SearchSettings { SemanticWeight = 0 }, embedder);

        (await service.SearchAsync(new ToolQuery { Description = "unrelated" })).Hits.Should().BeEmpty();
        embedder.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task SearchAsync_SeveralNeeds_BringsToolsForEach()
    {
        _holder.Apply(Upsert(
            Server("git", Tool("create_branch", "Create a branch."), Tool("delete_branch", "Delete a branch."), Tool("list_branches", "List branches."), Tool("rename_branch", "Rename a branch.")),
            Server("hub", Tool("open_pull_request", "Open a pull request."), Tool("close_pull_request", "Close a pull request."), Tool("list_pull_requests", "List pull requests.")),
            Server("mail", Tool("send_email", "Send an email."))));

        IReadOnlyList<string> found = await FindAsync("create a branch and open a pull request, then send an email", limit: 4);

        found.Should().Contain("git/create_branch").And.Contain("hub/open_pull_request").And.Contain("mail/send_email");
    }

    [Fact]
    public async Task SearchAsync_Keywords_Count()
    {
        _holder.Apply(Upsert(Server("a", Tool("alpha", "wombat"), Tool("beta", "quokka"))));
        ToolSearchService service = new(_holder);

        ToolSearchResult result = await service.SearchAsync(new ToolQuery { Description = "", Keywords = "quokka" });

        result.Hits.Should().ContainSingle().Which.Tool.Name.Should().Be("beta");
    }

    [Fact]
    public async Task SearchAsync_EqualTools_ComeInOrderOfNames()
    {
        _holder.Apply(Upsert(
            Server("b", Tool("copy", "Same text.", vector: [1, 0])), Server("a", Tool("copy", "Same text.", vector: [1, 0])), Server("B", Tool("copy", "Same text.", vector: [1, 0]))));
        using FixedEmbedder embedder = new(_ => [1, 0]);

        (await FindAsync("same text")).Should().Equal("B/copy", "a/copy", "b/copy");
        (await FindAsync("same text", generator: embedder)).Should().Equal("B/copy", "a/copy", "b/copy");
    }

    [Fact]
    public async Task SearchAsync_Explain_SaysWhichSideAndFields()
    {
        _holder.Apply(Upsert(Server("github", Tool("create_issue", "Open a ticket.", vector: [1, 0]), Tool("fork", vector: [0, 1]))));
        using FixedEmbedder embedder = new(_ => [1, 0]);
        ToolSearchService service = new(_holder, generator: embedder);

        ToolSearchResult result = await service.SearchAsync(new ToolQuery { Description = "create ticket on github", Explain = true });

        HitExplanation why = result.Hits[0].Explanation!;
        why.LexicalRank.Should().Be(1);
        why.SemanticRank.Should().Be(1);
        why.SemanticScore.Should().BeApproximately(1, 0.001);
        why.SemanticWeight.Should().BeGreaterThan(0);
        why.MatchedTerms.Should().Contain("create: name").And.Contain("ticket: summary").And.Contain("github: server");
        (await service.SearchAsync(new ToolQuery { Description = "create" })).Hits[0].Explanation.Should().BeNull();
    }

    [Fact]
    public async Task SearchAsync_Metrics_CountVisibleAndReturnedTokens()
    {
        _holder.Apply(Upsert(
            Server("a", Tool("alpha", tokens: 100), Tool("beta", tokens: 900)),
            Server("off", Tool("alpha", tokens: 5_000)) with { Status = ServerStatus.Stopped }));

        ToolSearchResult result = await SearchAsync(new ToolQuery { Description = "alpha" });

        result.Metrics.Should().Be(new TokenMetrics(1_000, 100));
        result.Metrics.SavingsPercentage.Should().Be(90);
    }

    [Fact]
    public async Task SearchAsync_Confidence_TellsFitFromNoFit()
    {
        _holder.Apply(Upsert([.. Enumerable.Range(0, 10).Select(i => Catalogue.Random(i, 30)), Server("weather", Tool("get_forecast", "Get the weather forecast of a city."))]));

        double fits = (await SearchAsync(new ToolQuery { Description = "get the weather forecast of a city" })).Confidence;
        double hardly = (await SearchAsync(new ToolQuery { Description = "quantum chromodynamics lattice update" })).Confidence;

        fits.Should().BeInRange(0.7, 1);
        hardly.Should().BeLessThan(fits).And.BeInRange(0, 0.6);
        (await SearchAsync(new ToolQuery { Description = "zzz" })).Confidence.Should().Be(0);
    }

    private async Task<IReadOnlyList<string>> FindAsync(string query, int? limit = null, IEmbeddingGenerator<string, Embedding<float>>? generator = null)
    {
        ToolSearchResult result = await new ToolSearchService(_holder, generator: generator).SearchAsync(new ToolQuery { Description = query, Limit = limit });
        return [.. result.Hits.Select(hit => $"{hit.Tool.ServerName}/{hit.Tool.Name}")];
    }

    private Task<ToolSearchResult> SearchAsync(ToolQuery query) => new ToolSearchService(_holder).SearchAsync(query);
}
