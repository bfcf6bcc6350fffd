using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Disclosure;
using McpOptimizer.Core.Services.Tokens;
using McpOptimizer.Core.Tests.Fixtures;

namespace McpOptimizer.Core.Tests.Discovery;

public sealed class DisclosureTests
{
    private const string IssueSchema =
        """{"type":"object","required":["title","owner"],"properties":{"body":{"type":"string"},"owner":{"type":"string"},"title":{"type":"string"},"labels":{"type":"array","items":{"type":"string"}},"state":{"enum":["open","closed"]},"due":{"anyOf":[{"type":"string"},{"type":"null"}]}}}""";

    [Fact]
    public void Summarize_Tool_GivesPurposeAndSignatureRequiredFirst()
    {
        ToolDefinition tool = FakeBackends.Tool("create_issue", "Creates an issue.\nMore text. And more.", IssueSchema);

        ToolSummary summary = ToolSummarizer.Summarize(Indexed(tool));

        summary.Purpose.Should().Be("Creates an issue");
        summary.Signature.Should().Be("create_issue(owner: string, title: string, body?: string, labels?: string[], state?: open|closed, due?: string)");
    }

    [Theory]
    [InlineData("""{"name":"x"}""", "x()")]
    [InlineData("""{"name":"x","inputSchema":true}""", "x()")]
    [InlineData("""{"name":"x","inputSchema":{"properties":{"a":true,"b":{"type":["string","null"]}}}}""", "x(a?: any, b?: string)")]
    public void Summarize_OddSchemas_AreSurvived(string json, string signature)
    {
        ToolDefinition tool = new() { Name = "x", Json = System.Text.Encoding.UTF8.GetBytes(json) };

        ToolSummarizer.Summarize(Indexed(tool)).Signature.Should().Be(signature);
    }

    [Theory]
    [InlineData(null, 8, 0)]
    [InlineData(100_000, 8, 0)]
    [InlineData(600, 8, 8)]
    [InlineData(300, 2, 2)]
    [InlineData(100, 0, 0)]
    public async Task Find_WithBudget_ShowsWhatFitsAndSaysWhatIsLeftOut(int? budget, int atLeast, int shortened)
    {
        await using OptimizerFixture optimizer = await WithIssuesAsync();

        FindResult found = await optimizer.Discovery.FindAsync(Request(budget), CallerIdentity.Anonymous);

        found.Tools.Count.Should().BeGreaterThanOrEqualTo(atLeast);
        (found.Tools.Count + found.LeftOut).Should().Be(8);
        found.Shortened.Should().BeGreaterThanOrEqualTo(shortened == 0 ? 0 : 1);
        if (budget is { } most)
        {
            int answer = optimizer.Get<ITokenCounter>().Count(System.Text.Encoding.UTF8.GetBytes(Tools.FindAnswer.Write(found)));
            answer.Should().BeLessThanOrEqualTo(Math.Max(most, 150), "the frame of an answer is always there");
        }
    }

    [Fact]
    public async Task Find_WithRoomToSpare_ShowsTheBestInFullFirst()
    {
        await using OptimizerFixture optimizer = await WithIssuesAsync();

        FindResult found = await optimizer.Discovery.FindAsync(Request(700), CallerIdentity.Anonymous);

        found.Tools[0].Detail.Should().Be(ToolDetail.Full);
        found.Tools[^1].Detail.Should().Be(ToolDetail.Compact);
        string answer = Tools.FindAnswer.Write(found);
        answer.Should().Contain("\"left_out\"").And.Contain("\"signature\"").And.Contain("\"inputSchema\"");
    }

    [Fact]
    public async Task Find_DetailCompact_HasNoSchemas()
    {
        await using OptimizerFixture optimizer = await WithIssuesAsync();

        FindResult found = await optimizer.Discovery.FindAsync(Request(null) with { Detail = ToolDetail.Compact }, CallerIdentity.Anonymous);

        Tools.FindAnswer.Write(found).Should().NotContain("inputSchema").And.Contain("create_issue_0(owner: string");
        found.Metrics.ReturnedTokens.Should().BeLessThan(8 * 100);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(1_000_001)]
    public async Task Find_BudgetOutOfRange_NamesTheRange(int budget)
    {
        await using OptimizerFixture optimizer = await WithIssuesAsync();

        await FluentActions.Awaiting(() => optimizer.Discovery.FindAsync(Request(budget), CallerIdentity.Anonymous))
            .Should().ThrowAsync<ArgumentOutOfRangeException>().WithMessage($"*{budget}*100 to 1000000*");
    }

    [Fact]
    public async Task Find_NothingFits_OffersInstallableServers()
    {
        await using OptimizerFixture optimizer = new(configure: options =>
        {
            options.EnableDynamicInstall = true;
            options.Disclosure.NothingFitsBelow = 1;
        });
        optimizer.Registry.AddContainer("io.acme/weather", "image/weather:1", "get_forecast");
        optimizer.Workloads.Add("git");
        optimizer.Backends.Set("git", "create_branch");
        await optimizer.StartAsync();

        FindResult found = await optimizer.Discovery.FindAsync(new FindRequest { Query = new ToolQuery { Description = "weather forecast" } }, CallerIdentity.Anonymous);

        found.NothingFits.Should().BeTrue();
        found.Installable.Should().ContainSingle().Which.Tool.ServerName.Should().Be("io.acme/weather");
        Tools.FindAnswer.Write(found).Should().Contain("\"installable\":[{\"name\":\"get_forecast\"");
    }

    [Fact]
    public async Task Describe_NamesOfAllKinds_FindsOrSaysNot()
    {
        await using OptimizerFixture optimizer = await WithIssuesAsync();

        (IReadOnlyList<IndexedTool> tools, IReadOnlyList<string> notFound) =
            optimizer.Discovery.Describe(CallerIdentity.Anonymous, ["github/create_issue_1", "create_issue_2", "github_create_issue_3", "nothing"]);

        tools.Select(tool => tool.Name).Should().Equal("create_issue_1", "create_issue_2", "create_issue_3");
        notFound.Should().Equal("nothing");
    }

    private static FindRequest Request(int? budget) => new() { Query = new ToolQuery { Description = "create an issue" }, TokenBudget = budget };

    private static async Task<OptimizerFixture> WithIssuesAsync()
    {
        OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("github");
        optimizer.Backends.Set("github", [.. Enumerable.Range(0, 12).Select(i => FakeBackends.Tool($"create_issue_{i}", $"Creates an issue of kind {i}. With many words behind it.", IssueSchema))]);
        await optimizer.StartAsync();
        return optimizer;
    }

    private static IndexedTool Indexed(ToolDefinition tool) => new() { Id = "1", ServerId = "s", ServerName = "server", Name = tool.Name, DefinitionJson = tool.Json, TokenCount = 10 };
}
