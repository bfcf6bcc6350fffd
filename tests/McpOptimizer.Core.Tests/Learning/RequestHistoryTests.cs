using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Learning;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Ranking;
using McpOptimizer.Core.Tests.Search;

namespace McpOptimizer.Core.Tests.Learning;

public sealed class RequestHistoryTests
{
    private const int Dimension = 64;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ToolIndex _index = ToolIndex.Create().Apply(Catalogue.Upsert(
        Catalogue.Server("a", Catalogue.Tool("one"), Catalogue.Tool("two")), Catalogue.Server("b", Catalogue.Tool("three"))));

    [Fact]
    public void Vote_SameRequest_SpeaksForTheCalledTool()
    {
        RequestHistory history = new(new LearningSettings());
        history.Add(Request("1", 7, "x", ("a", "one", LearnedKind.Called), ("a", "two", LearnedKind.PassedOver)));

        HistoryVotes votes = Vote(history, 7);

        Of(votes, "a", "one").Should().BeEquivalentTo(new { Calls = 1, Failures = 0, PassedOver = 0 });
        Of(votes, "a", "one")!.Evidence.Should().BePositive();
        Of(votes, "a", "two")!.Evidence.Should().BeNegative();
        Vote(history, 8).Tools.Should().BeEmpty("another request is not similar");
    }

    [Fact]
    public void Vote_FailedCalls_SpeakAgainst()
    {
        RequestHistory history = new(new LearningSettings());
        history.Add(Request("1", 7, "x", ("a", "one", LearnedKind.Failed)));

        HistoryVote vote = Of(Vote(history, 7), "a", "one")!;

        vote.Evidence.Should().BeNegative();
        vote.Failures.Should().Be(1);
    }

    [Fact]
    public void Vote_AfterTheHalfLife_IsWorthHalf()
    {
        LearningSettings settings = new() { HalfLifeDays = 10, Doubt = 100 };
        RequestHistory history = new(settings);
        history.Add(Request("1", 7, "x", ("a", "one", LearnedKind.Called)));

        double fresh = Of(Vote(history, 7), "a", "one")!.Evidence;
        double old = Of(Vote(history, 7, Start.AddDays(10)), "a", "one")!.Evidence;

        old.Should().BeApproximately(fresh / 2, fresh * 0.02);
    }

    [Fact]
    public void Vote_OfAnotherDefinition_CountsNothing()
    {
        RequestHistory history = new(new LearningSettings());
        history.Add(Request("1", 7, "x", ("a", "one", LearnedKind.Called)) with { Outcomes = [new LearnedOutcome("a", "one", "hash of another day", LearnedKind.Called)] });

        Vote(history, 7).Tools.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 400)]
    [InlineData(3, 30)]
    [InlineData(4, 5)]
    [InlineData(5, 4)]
    [InlineData(6, 3)]
    [InlineData(7, 3)]
    [InlineData(8, 2)]
    public void Vote_HiddenTools_MoveNothing_AsIfTheyNeverWere(int seed, int requests)
    {
        Random random = new(seed);
        VisibilityScope sees = new() { AllowsTool = (_, tool) => tool.Name != "two" };
        RequestHistory full = new(new LearningSettings());
        RequestHistory bare = new(new LearningSettings());
        for (int i = 0; i < requests; i++)
        {
            string tool = new[] { "one", "two", "three" }[random.Next(3)];
            LearnedRequest request = Request($"{i}", random.Next(20), $"caller {random.Next(4)}", (tool == "three" ? "b" : "a", tool, LearnedKind.Called), ("a", "two", LearnedKind.PassedOver));
            full.Add(request);
            if (tool != "two")
            {
                bare.Add(request with { Outcomes = [request.Outcomes[0]] });
            }
        }

        for (int need = 0; need < 20; need++)
        {
            Vote(full, need, scope: sees).Should().BeEquivalentTo(Vote(bare, need, scope: sees));
        }
    }

    [Fact]
    public void Vote_OneCallerWhoFloods_CountsAsOftenAsHeMay()
    {
        LearningSettings settings = new() { VotesPerCallerAndTool = 2 };
        RequestHistory flooded = new(settings);
        RequestHistory honest = new(settings);
        for (int i = 0; i < 40; i++)
        {
            flooded.Add(Request($"{i}", 7, "attacker", ("b", "three", LearnedKind.Called)));
            if (i < 2)
            {
                honest.Add(Request($"{i}", 7, "attacker", ("b", "three", LearnedKind.Called)));
            }
        }

        Of(Vote(flooded, 7), "b", "three")!.Evidence.Should().BeApproximately(Of(Vote(honest, 7), "b", "three")!.Evidence, 1e-9);
    }

    [Fact]
    public void Vote_SeveralCallers_ATriedToolIsOneThatTwoCalled()
    {
        RequestHistory history = new(new LearningSettings());
        history.Add(Request("1", 7, "x", ("a", "one", LearnedKind.Called)));
        Vote(history, 3).Tried.Should().HaveCount(1, "alone, his own calls are enough");

        history.Add(Request("2", 8, "y", ("a", "two", LearnedKind.Called)));
        Vote(history, 3).Tried.Should().BeEmpty();

        history.Add(Request("3", 9, "y", ("a", "one", LearnedKind.Called)));
        Vote(history, 3).Tried.Should().HaveCount(1);
    }

    [Fact]
    public void Vote_SeveralCallers_LeadToServersThatTwoCalledAnyToolOf()
    {
        RequestHistory history = new(new LearningSettings());
        history.Add(Request("1", 7, "x", ("a", "one", LearnedKind.Called)));
        Vote(history, 7).Servers.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Key = "a", Value = Of(Vote(history, 7), "a", "one")!.Evidence });
        Vote(history, 8).Servers.Should().BeEmpty("another request is not similar");

        history.Add(Request("2", 9, "y", ("b", "three", LearnedKind.Called)));
        Vote(history, 7).Servers.Should().BeEmpty("each server has one caller of two");

        history.Add(Request("3", 9, "y", ("a", "two", LearnedKind.Called)));
        Vote(history, 7).Servers.Keys.Should().Equal("a");
        Vote(history, 9).Servers.Keys.Should().Equal("a");
    }

    [Fact]
    public void Vote_FailedCalls_LeadToNoServer()
    {
        RequestHistory history = new(new LearningSettings());
        history.Add(Request("1", 7, "x", ("a", "one", LearnedKind.Failed)));

        Vote(history, 7).Servers.Should().BeEmpty();
    }

    [Fact]
    public void Add_BeyondTheBounds_TheBusiestCallerPays()
    {
        RequestHistory history = new(new LearningSettings { MaxRequests = 20, MaxPerCallerAndTool = 15 });
        List<string> gone = [];
        for (int i = 0; i < 5; i++)
        {
            gone.AddRange(history.Add(Request($"honest {i}", i, "honest", ("a", "one", LearnedKind.Called))));
        }

        for (int i = 0; i < 2_000; i++)
        {
            gone.AddRange(history.Add(Request($"flood {i}", i % 50, "attacker", (i % 2 == 0 ? "b" : "a", i % 2 == 0 ? "three" : "two", LearnedKind.Called))));
        }

        history.Count.Should().Be(20);
        gone.Should().HaveCount(1_985).And.OnlyHaveUniqueItems().And.OnlyContain(id => id.StartsWith("flood", StringComparison.Ordinal));
        Of(Vote(history, 3), "a", "one")!.Calls.Should().Be(1, "what others taught is still there");
    }

    [Fact]
    public void Remove_Requests_SayNothingAnyMore()
    {
        RequestHistory history = new(new LearningSettings());
        history.Add(Request("1", 7, "x", ("a", "one", LearnedKind.Called)));
        history.Add(Request("2", 8, "x", ("b", "three", LearnedKind.Called)));

        history.Remove(["1", "unknown"]);

        history.Count.Should().Be(1);
        Vote(history, 7).Tools.Should().BeEmpty();
        Vote(history, 8).Tools.Should().ContainSingle().Which.Value.Calls.Should().Be(1);
        Of(Vote(history, 8), "b", "three")!.Calls.Should().Be(1);
        history.Add(Request("1", 7, "x", ("a", "one", LearnedKind.Called)));
        Of(Vote(history, 7), "a", "one")!.Calls.Should().Be(1);
    }

    [Fact]
    public async Task Vote_WhileOthersAdd_IsNeverTorn()
    {
        RequestHistory history = new(new LearningSettings { MaxRequests = 300 });
        using CancellationTokenSource enough = new();
        Task adding = Task.Run(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                history.Add(Request($"{i}", i % 20, $"caller {i % 3}", ("a", "one", LearnedKind.Called)));
            }

            enough.Cancel();
        });
        do
        {
            HistoryVotes votes = Vote(history, 7);
            (Of(votes, "a", "two") ?? Of(votes, "b", "three")).Should().BeNull("nobody called them");
        }
        while (!enough.IsCancellationRequested);

        await adding;
    }

    private static LearnedRequest Request(string id, int need, string caller, params (string Server, string Tool, LearnedKind Kind)[] outcomes) => new()
    {
        Id = id,
        At = Start,
        Profile = "",
        Caller = caller,
        Model = "m",
        Vector = VectorOf(need),
        Outcomes = [.. outcomes.Select(outcome => new LearnedOutcome(
            outcome.Server, outcome.Tool, DefinitionHashes.Of(new IndexedTool { Id = "", ServerId = "", ServerName = "", Name = "", DefinitionJson = Catalogue.Tool(outcome.Tool).DefinitionJson, TokenCount = 0 }), outcome.Kind))],
    };

    private static float[] VectorOf(int need)
    {
        Random random = new(need);
        return [.. Enumerable.Range(0, Dimension).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    private HistoryVotes Vote(RequestHistory history, int need, DateTimeOffset? now = null, VisibilityScope? scope = null) =>
        history.Vote(VectorOf(need), (0.05, 0.15), _index, _index.VisibleTo(scope), now ?? Start);

    private HistoryVote? Of(HistoryVotes votes, string server, string tool)
    {
        (int segment, int document, IndexedTool _) = _index.Locate(server, tool, _index.VisibleTo(null))!.Value;
        return votes.Tools.GetValueOrDefault(HistoryVotes.Place(segment, document));
    }
}
