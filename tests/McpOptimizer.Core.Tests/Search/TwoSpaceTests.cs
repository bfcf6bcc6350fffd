using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Tests.Backends;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using static McpOptimizer.Core.Tests.Search.Catalogue;

namespace McpOptimizer.Core.Tests.Search;

/// <summary>A generator of the host beside the built-in encoder.</summary>
public sealed class TwoSpaceTests : IDisposable
{
    private readonly ToolIndexHolder _holder = new();
    private readonly RecordingLogs _logs = new();
    private readonly LoggerFactory _factory;
    private readonly FakeTimeProvider _time = new();
    private readonly BuiltInEmbeddingGenerator _builtIn = new();

    public TwoSpaceTests() => _factory = new LoggerFactory([_logs]);

    public void Dispose()
    {
        _factory.Dispose();
        _builtIn.Dispose();
    }

    [Fact]
    public async Task GenerateAsync_CosineIsTheMixtureOfBoth()
    {
        using FixedEmbedder other = new(text => text == "read a file" ? [1, 0] : [0.6f, 0.8f]);
        using TwoSpaceGenerator spaces = new(other, new EmbeddingSettings { BuiltInShare = 0.25 });

        GeneratedEmbeddings<Embedding<float>> made = await spaces.GenerateAsync(["read a file", "write a file"]);

        double builtIn = Dot(_builtIn.Encode("read a file"), _builtIn.Encode("write a file"));
        Dot(made[0].Vector.ToArray(), made[1].Vector.ToArray()).Should().BeApproximately((0.25 * builtIn) + (0.75 * 0.6), 1e-5);
        Dot(made[0].Vector.ToArray(), made[0].Vector.ToArray()).Should().BeApproximately(1, 1e-5);
        spaces.Model.Should().Be($"{_builtIn.Metadata.DefaultModelId}+{typeof(FixedEmbedder).FullName}");
    }

    [Fact]
    public async Task SearchAsync_BothSpacesCount_AndExplainTells()
    {
        // The built-in encoder knows that a ticket is an issue; only the other one "knows" that a zorb is a fork.
        using FixedEmbedder other = new(text => text.Contains("zorb", StringComparison.Ordinal) || text.Contains("fork", StringComparison.Ordinal) ? [1, 0] : [0, 1]);
        using TwoSpaceGenerator spaces = new(other);
        await ApplyAsync(spaces, "create_issue", "fork", "list_branches");

        (await FindAsync(spaces, "a ticket please"))[0].Should().Be("github/create_issue");
        (await FindAsync(spaces, "zorb it"))[0].Should().Be("github/fork");
        ToolHit hit = (await new ToolSearchService(_holder, generator: spaces).SearchAsync(new ToolQuery { Description = "zorb it", Explain = true })).Hits[0];
        hit.Explanation!.Legs.Select(leg => leg.Name).Should().Equal("words", "built-in", "encoder");
        hit.Explanation.Legs[2].Score.Should().BeApproximately(1, 0.02);
        (hit.Explanation.Legs[1].Weight + hit.Explanation.Legs[2].Weight).Should().BeApproximately(hit.Explanation.SemanticWeight, 1e-9);
    }

    [Fact]
    public async Task SearchAsync_GeneratorFails_TheBuiltInVectorsAnswerAndItIsSaidOnce()
    {
        bool isDown = false;
        using FixedEmbedder other = new(_ => isDown ? throw new HttpRequestException("down") : [1, 0]);
        using TwoSpaceGenerator spaces = Create(other);
        await ApplyAsync(spaces, "create_issue", "list_branches");
        isDown = true;

        ToolSearchResult first = await SearchAsync(spaces, "open a ticket");
        ToolSearchResult second = await SearchAsync(spaces, "open another ticket");

        first.Hits[0].Tool.Name.Should().Be("create_issue");
        first.EncoderFault.Should().Contain("down").And.Contain("built-in vectors alone");
        second.Hits[0].Tool.Name.Should().Be("create_issue");
        _logs.Lines.Should().ContainSingle(line => line.Contains("2102", StringComparison.Ordinal));

        isDown = false;
        (await SearchAsync(spaces, "open a third ticket")).EncoderFault.Should().BeNull();
        _logs.Lines.Should().ContainSingle(line => line.Contains("2103", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SearchAsync_GeneratorIsLate_TheBuiltInVectorsAnswer()
    {
        using FixedEmbedder quick = new(_ => [1, 0]);
        using (TwoSpaceGenerator whole = new(quick))
        {
            await ApplyAsync(whole, "create_issue", "list_branches");
        }

        using SilentEmbedder other = new();
        using TwoSpaceGenerator spaces = Create(other);
        Task<ToolSearchResult> search = SearchAsync(spaces, "open a ticket");
        await UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return search.IsCompleted;
        });

        (await search).Hits[0].Tool.Name.Should().Be("create_issue");
        (await search).EncoderFault.Should().Contain("late");
    }

    [Fact]
    public async Task SearchAsync_ThreeFailures_TheGeneratorIsLeftAloneForAWhile()
    {
        bool isDown = true;
        using FixedEmbedder other = new(_ => isDown ? throw new HttpRequestException("down") : [1, 0]);
        using TwoSpaceGenerator spaces = Create(other);
        await ApplyAsync(null, "create_issue");
        for (int i = 0; i < 3; i++)
        {
            await SearchAsync(spaces, $"open ticket {i}");
        }

        isDown = false;
        other.Asked.Clear();
        (await SearchAsync(spaces, "open a ticket")).EncoderFault.Should().Contain("left alone");
        other.Asked.Should().BeEmpty();

        _time.Advance(TimeSpan.FromSeconds(31));
        (await SearchAsync(spaces, "open a ticket")).EncoderFault.Should().BeNull();
    }

    [Fact]
    public async Task SearchAsync_ManyAtOnce_RunsAreBoundedAndNobodyGoesWithout()
    {
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int running = 0;
        int most = 0;
        using WaitingEmbedder other = new(async () =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await answer.Task;
            Interlocked.Decrement(ref running);
        });
        using TwoSpaceGenerator spaces = Create(other);
        await ApplyAsync(null, "create_issue");

        Task<ToolSearchResult>[] searches = [.. Enumerable.Range(0, 40).Select(i => SearchAsync(spaces, $"open ticket {i}"))];
        await UntilAsync(() => searches.Count(search => search.IsCompleted) >= 40 - 16);
        answer.SetResult();
        ToolSearchResult[] results = await Task.WhenAll(searches);

        most.Should().BeLessThanOrEqualTo(2);
        results.Should().OnlyContain(result => result.Hits.Count == 1);
        results.Count(result => result.EncoderFault is not null).Should().Be(24, "two runs may have sixteen requests between them");
    }

    [Fact]
    public async Task SearchAsync_SameRequestAgain_IsEmbeddedOnce()
    {
        using FixedEmbedder other = new(_ => [1, 0]);
        using TwoSpaceGenerator spaces = new(other, new EmbeddingSettings { QueryCacheSize = 2 });
        await ApplyAsync(null, "create_issue");

        foreach (string need in (string[])["one", "one", "two", "three", "two", "one"])
        {
            await SearchAsync(spaces, need);
        }

        other.Asked.Should().Equal("one", "two", "three", "one");
    }

    [Fact]
    public async Task Prefixes_TellRequestsFromTools()
    {
        using FixedEmbedder other = new(_ => [1, 0]);
        using TwoSpaceGenerator spaces = new(other, new EmbeddingSettings { QueryPrefix = "query: ", DocumentPrefix = "passage: " });
        await ApplyAsync(spaces, "create_issue");

        await SearchAsync(spaces, "open a ticket");

        other.Asked.Should().Equal("passage: Server: github | Tool: create_issue", "query: open a ticket");
    }

    [Theory]
    [InlineData("intfloat/multilingual-e5-large@abc", "query: ", "passage: ", false)]
    [InlineData("BAAI/bge-small-en-v1.5", "Represent this sentence for searching relevant passages: ", "", true)]
    [InlineData("nomic-embed-text:v1.5", "search_query: ", "search_document: ", false)]
    [InlineData("all-MiniLM-L6-v2-int8@1234", "", "", true)]
    [InlineData("acme/unknown", "", "", false)]
    [InlineData(null, "", "", false)]
    public void Profile_ByModel(string? model, string query, string document, bool english)
    {
        EncoderProfile profile = EncoderProfile.Of(model);

        (profile.QueryPrefix, profile.DocumentPrefix, profile.KnowsEnglishOnly).Should().Be((query, document, english));
        profile.BuiltInShare.Should().Be(0.3);
    }

    [Fact]
    public async Task SearchAsync_AnotherLanguage_GoesByTheGeneratorThatMayKnowIt()
    {
        using FixedEmbedder other = new(text => text.Contains("Datei", StringComparison.Ordinal) || text.Contains("read_file", StringComparison.Ordinal) ? [1, 0] : [0, 1]);
        using TwoSpaceGenerator spaces = new(other);
        await ApplyAsync(spaces, "read_file", "send_mail", "create_issue");

        ToolSearchResult found = await SearchAsync(spaces, "ich möchte eine Datei lesen und zeigen");

        found.ByWordsAlone.Should().BeFalse();
        found.Hits[0].Tool.Name.Should().Be("read_file");
    }

    [Fact]
    public async Task SearchAsync_SomeServersNotEmbeddedYet_AreFoundAllTheSame()
    {
        using FixedEmbedder other = new(_ => [1, 0]);
        using TwoSpaceGenerator spaces = new(other);
        await ApplyAsync(spaces, "list_branches", "fork", "get_file");
        _holder.Apply(Upsert(Server("tickets", Tool("create_issue", vector: _builtIn.Encode("Server: tickets | Tool: create_issue")))));

        (await FindAsync(spaces, "report a bug"))[0].Should().Be("tickets/create_issue");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20_000)]
    public async Task SearchAsync_IncompleteRequest_ComparesTheBuiltInPartOfCompleteVectors(int fullScan)
    {
        using FixedEmbedder quick = new(_ => [1, 0, 0, 0, 0, 0, 0, 0]);
        using TwoSpaceGenerator whole = new(quick);
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"tool_{i}"), "create_issue"];
        await ApplyAsync(whole, names);
        using FixedEmbedder broken = new(_ => throw new HttpRequestException("down"));
        using TwoSpaceGenerator spaces = new(broken);
        SearchSettings settings = new() { FullScanTools = fullScan };

        ToolSearchResult result = await new ToolSearchService(_holder, settings, spaces).SearchAsync(new ToolQuery { Description = "report a bug", Explain = true });

        result.Hits[0].Tool.Name.Should().Be("create_issue");
        double expected = Dot(_builtIn.Encode("report a bug"), _builtIn.Encode("Server: github | Tool: create_issue"));
        result.Hits[0].Explanation!.SemanticScore.Should().BeApproximately(expected, 0.01);
    }

    [Fact]
    public async Task SearchAsync_UnknownGenerator_ConfidenceIsThatOfTheBuiltInVectors()
    {
        using FixedEmbedder other = new(_ => [1, 0]);
        using TwoSpaceGenerator spaces = new(other);
        await ApplyAsync(spaces, "create_issue", "list_branches", "fork");
        double both = (await SearchAsync(spaces, "open a ticket")).Confidence;

        await ApplyAsync(null, "create_issue", "list_branches", "fork");
        double alone = (await new ToolSearchService(_holder, generator: _builtIn).SearchAsync(new ToolQuery { Description = "open a ticket" })).Confidence;

        both.Should().BeApproximately(alone, 0.02);
    }

    private static double Dot(float[] left, float[] right) => left.Zip(right, (l, r) => (double)l * r).Sum();

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen)
        {
            int now = Interlocked.CompareExchange(ref target, value, seen);
            seen = now == seen ? value : now;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (int i = 0; i < 1_000 && !condition(); i++)
        {
            await Task.Delay(10);
        }

        condition().Should().BeTrue();
    }

    private TwoSpaceGenerator Create(IEmbeddingGenerator<string, Embedding<float>> other) => new(other, logger: _factory.CreateLogger<TwoSpaceGenerator>(), time: _time);

    // With the generator, or with built-in vectors alone.
    private async Task ApplyAsync(TwoSpaceGenerator? spaces, params string[] names)
    {
        string[] texts = [.. names.Select(name => $"Server: github | Tool: {name}")];
        IReadOnlyList<float[]> vectors = spaces is null ? [.. texts.Select(_builtIn.Encode)] : [.. (await spaces.GenerateAsync(texts)).Select(embedding => embedding.Vector.ToArray())];
        _holder.Apply(Upsert(Server("github", [.. names.Select((name, i) => Tool(name, vector: vectors[i]))])));
    }

    private async Task<string[]> FindAsync(TwoSpaceGenerator spaces, string need) => [.. (await SearchAsync(spaces, need)).Hits.Select(hit => $"{hit.Tool.ServerName}/{hit.Tool.Name}")];

    private Task<ToolSearchResult> SearchAsync(TwoSpaceGenerator spaces, string need) => new ToolSearchService(_holder, generator: spaces).SearchAsync(new ToolQuery { Description = need });

    private sealed class WaitingEmbedder(Func<Task> work) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            await work();
            return [.. values.Select(_ => new Embedding<float>(new float[] { 1, 0 }))];
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
