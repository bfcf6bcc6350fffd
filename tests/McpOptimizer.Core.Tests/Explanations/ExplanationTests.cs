using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Explanations;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Explanations;
using McpOptimizer.Core.Tests.Fixtures;
using McpOptimizer.Core.Tools;

namespace McpOptimizer.Core.Tests.Explanations;

public sealed class ExplanationTests
{
    private static readonly CallerIdentity Reader = new() { Profile = "reader" };

    [Fact]
    public async Task Explain_Hits_SayWhichWordsInWhichFieldsBroughtThem()
    {
        await using OptimizerFixture optimizer = await StartAsync();

        Explanation explanation = await ExplainAsync(optimizer, "create an invoice");

        ToolHit first = explanation.Hits[0];
        first.Tool.Name.Should().Be("create_invoice");
        first.Explanation!.LexicalRank.Should().Be(1);
        first.Explanation.MatchedTerms.Should().Contain(term => term.StartsWith("invoice:", StringComparison.Ordinal) && term.Contains("name", StringComparison.Ordinal));
        explanation.Tool.Should().BeNull();
    }

    [Fact]
    public async Task Explain_OutrankedTool_HasRankScoreAndWhatStandsBefore()
    {
        await using OptimizerFixture optimizer = await StartAsync();

        ToolPlacement tool = (await ExplainAsync(optimizer, "create an invoice", "shop/list_orders", limit: 1)).Tool!;

        tool.Kind.Should().Be(PlacementKind.Outranked);
        tool.Rank.Should().BeGreaterThan(1);
        tool.Ahead.Should().HaveCount(tool.Rank!.Value - 1);
        tool.Ahead[^1].Tool.Name.Should().Be("create_invoice");
        tool.Hit!.Score.Should().BeLessThan(tool.Ahead[0].Score);
        tool.Reason.Should().Contain("place " + tool.Rank);
    }

    [Theory]
    [InlineData("shop/create_invoice", PlacementKind.Found, "hit 1")]
    [InlineData("create_invoice", PlacementKind.Found, "hit 1")]
    [InlineData("shop/create_invoise", PlacementKind.Unknown, "create_invoice")]
    [InlineData("get_status", PlacementKind.Ambiguous, "army/get_status, shop/get_status")]
    [InlineData("cellar/open_door", PlacementKind.ServerDown, "'cellar' is not running")]
    [InlineData("attic/search_box", PlacementKind.Group, "group 'other'")]
    [InlineData("broken/anything", PlacementKind.ServerDown, "has listed no tools so far")]
    public async Task Explain_ToOperator_SaysWhatKeepsTheToolBack(string asked, PlacementKind kind, string reason)
    {
        await using OptimizerFixture optimizer = await StartAsync();

        ToolPlacement tool = (await ExplainAsync(optimizer, "create an invoice", asked, reveal: true)).Tool!;

        tool.Reason.Should().Contain(reason);
        tool.Kind.Should().Be(kind);
    }

    [Theory]
    [InlineData("army/launch_missiles", "hides the tool")]
    [InlineData("shop/create_invoice", "hides the server")]
    public async Task Explain_ToOperatorForAProfile_NamesTheProfile(string asked, string reason)
    {
        await using OptimizerFixture optimizer = await StartAsync();

        ToolPlacement tool = (await ExplainAsync(optimizer, "launch", asked, reveal: true, caller: Reader)).Tool!;

        tool.Kind.Should().Be(PlacementKind.Profile);
        tool.Reason.Should().Contain("'reader'").And.Contain(reason);
    }

    [Theory]
    [InlineData("army/launch_missiles")]
    [InlineData("launch_missiles")]
    [InlineData("shop/create_invoice")]
    [InlineData("cellar/open_door")]
    [InlineData("attic/search_box")]
    [InlineData("broken/anything")]
    public async Task Explain_ToACaller_HiddenReadsLikeAbsent(string asked)
    {
        await using OptimizerFixture optimizer = await StartAsync();
        string absent = new('q', asked.Length);

        string hidden = ExplanationAnswer.Write(await ExplainAsync(optimizer, "launch missiles at the invoice", asked, caller: Reader));
        string nothing = ExplanationAnswer.Write(await ExplainAsync(optimizer, "launch missiles at the invoice", absent, caller: Reader));

        hidden.Replace(asked, "X", StringComparison.Ordinal).Should().Be(nothing.Replace(absent, "X", StringComparison.Ordinal));
        hidden.Replace(asked, "X", StringComparison.Ordinal).Should().NotContain("missiles:").And.NotContain("shop").And.NotContain("launch_missiles").And.NotContain("reader");
    }

    [Fact]
    public async Task Explain_LimitOutOfRange_IsRefused()
    {
        await using OptimizerFixture optimizer = await StartAsync();

        await FluentActions.Awaiting(() => ExplainAsync(optimizer, "x", limit: 51)).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    private static async Task<OptimizerFixture> StartAsync()
    {
        OptimizerFixture optimizer = new(configure: options =>
        {
            options.Ingestion.AllowedGroups = ["default"];
            options.Profiles["reader"] = new ProfileSettings { Servers = ["army"], DenyTools = ["army/launch_*"] };
        });
        optimizer.Workloads.Add("shop").Add("army").Add("cellar").Add("attic", group: "other").Add("broken");
        optimizer.Backends.Set(
            "shop", FakeBackends.Tool("create_invoice", "Creates an invoice."), FakeBackends.Tool("list_orders", "Lists all orders and the invoice of each."), FakeBackends.Tool("get_status", "Tells how it goes."));
        optimizer.Backends.Set("army", FakeBackends.Tool("launch_missiles", "Launches."), FakeBackends.Tool("get_status", "Tells how it goes."));
        optimizer.Backends.Set("cellar", FakeBackends.Tool("open_door", "Opens the door."));
        optimizer.Backends.Set("attic", FakeBackends.Tool("search_box", "Searches a box."));
        optimizer.Backends.Fail("broken", new BackendException("broken", Models.Calls.BackendFailure.Unreachable, "It is on fire."));
        await optimizer.StartAsync();
        optimizer.Workloads.Add("cellar", status: ServerStatus.Stopped);
        await optimizer.PollAsync();
        return optimizer;
    }

    private static Task<Explanation> ExplainAsync(OptimizerFixture optimizer, string need, string? tool = null, int? limit = null, bool reveal = false, CallerIdentity? caller = null) =>
        optimizer.Get<IExplanationService>().ExplainAsync(
            new ExplanationRequest { Query = new ToolQuery { Description = need, Limit = limit }, Tool = tool, RevealHidden = reveal }, caller ?? CallerIdentity.Anonymous);
}
